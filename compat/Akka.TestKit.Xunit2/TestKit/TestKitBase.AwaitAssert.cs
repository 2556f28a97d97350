using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private static readonly TimeSpan UsualInterval = TimeSpan.FromMilliseconds(100);

    public void AwaitAssert(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        RetryAsync(Ignoring(assertion), duration, interval, Wait.Block, cancellationToken).Now();

    public Task AwaitAssertAsync(
        Action assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        RetryAsync(Ignoring(assertion), duration, interval, Wait.Await, cancellationToken).AsTask();

    public Task AwaitAssertAsync(
        Func<Task> assertion,
        TimeSpan? duration = null,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        RetryAsync(assertion, duration, interval, Wait.Await, cancellationToken).AsTask();

    private static Func<Task> Ignoring(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private async ValueTask RetryAsync(
        Func<Task> assertion,
        TimeSpan? duration,
        TimeSpan? interval,
        Wait how,
        CancellationToken cancellationToken)
    {
        var pause = interval ?? UsualInterval;
        if (pause != Timeout.InfiniteTimeSpan)
            pause.ThrowIfNegative(nameof(interval));
        var limit = RemainingOrDilated(duration);
        var end = TimeLimits.Clock + limit;
        var next = limit.OrSooner(pause);
        for (var attempts = 1; ; attempts++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                await assertion();
                return;
            }
            catch (Exception) when (TimeLimits.Clock + next < end)
            {
                // It may yet come true: the last attempt's failure is the one that is thrown.
            }
            catch (Exception)
            {
                Sys.Log.Warning("What was awaited for {0} did not come true in {1} attempts.", limit, attempts);
                throw;
            }

            await Waiting.Pause(next, how, cancellationToken);
            next = (end - TimeLimits.Clock).OrSooner(pause);
        }
    }
}
