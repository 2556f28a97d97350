using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    // A timer may be early, and then the block would seem to have ended in time.
    private static readonly TimeSpan TimerGrace = TimeSpan.FromMilliseconds(200);

    private TimeSpan? _end;

    // Akka remembers this so that waiting for silence may use up the whole time of a block.
    private bool _mayUseAllTime;

    public static TimeSpan Now => TimeSpan.FromTicks(DateTime.UtcNow.Ticks);

    public TimeSpan Remaining => _end is { } end
        ? NotNegative(end - TimeLimits.Clock)
        : throw new InvalidOperationException("There is no time remaining outside of Within.");

    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } time)
            return RemainingOrDefault;
        time.ThrowIfNegative(nameof(duration));
        return Dilated(time);
    }

    public TimeSpan Dilated(TimeSpan duration)
    {
        duration.ThrowIfNegative(nameof(duration));
        return new TimeSpan((long)(duration.Ticks * TestKitSettings.TestTimeFactor));
    }

    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) => timeout ?? TestKitSettings.SingleExpectDefault;

    public void Within(
        TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    public void Within(
        TimeSpan min,
        TimeSpan max,
        Action action,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within<bool>(min, max, () => Ran(action), hint, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan max,
        Func<T> function,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public T Within<T>(
        TimeSpan min,
        TimeSpan max,
        Func<T> function,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var block = Enter(min, max, hint, epsilonValue);
        T result;
        try
        {
            result = function();
        }
        finally
        {
            _end = block.OuterEnd;
        }

        Leave(block);
        return result;
    }

    public Task WithinAsync(
        TimeSpan max,
        Func<Task> actionAsync,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    public Task WithinAsync(
        TimeSpan min,
        TimeSpan max,
        Func<Task> actionAsync,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync<bool>(min, max, () => RanAsync(actionAsync), hint, epsilonValue, cancellationToken);

    public Task<T> WithinAsync<T>(
        TimeSpan max,
        Func<Task<T>> function,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    public async Task<T> WithinAsync<T>(
        TimeSpan min,
        TimeSpan max,
        Func<Task<T>> function,
        string hint = null,
        TimeSpan? epsilonValue = null,
        CancellationToken cancellationToken = default)
    {
        var block = Enter(min, max, hint, epsilonValue);
        var result = default(T);
        try
        {
            var running = function();
            var inTime = await Waiting.For(running, Dilated(max) + TimerGrace, Wait.Await, cancellationToken);
            // As in Akka, the failure of an awaited block arrives wrapped in an AggregateException.
            if (inTime)
                result = running.Result;
        }
        finally
        {
            _end = block.OuterEnd;
        }

        Leave(block);
        return result;
    }

    private static bool Ran(Action action)
    {
        action();
        return true;
    }

    private static async Task<bool> RanAsync(Func<Task> action)
    {
        await action();
        return true;
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private TimeSpan RemainingOr(TimeSpan duration) => _end is null ? duration : Remaining;

    private WithinBlock Enter(TimeSpan min, TimeSpan max, string hint, TimeSpan? epsilon)
    {
        min.ThrowIfNegative(nameof(min));
        max.ThrowIfNegative(nameof(max));
        var limit = Dilated(max);
        var start = TimeLimits.Clock;
        var outerEnd = _end;
        if (outerEnd is { } end)
        {
            var left = end - start;
            _assertions.AssertTrue(
                left >= min, "The block needs at least {0}, and only {1} are left. {2}", min, left, hint ?? "");
            limit = left < limit ? left : limit;
        }

        _mayUseAllTime = false;
        _end = start + limit;
        return new WithinBlock(start, min, limit, epsilon ?? TimeSpan.Zero, outerEnd, hint ?? "");
    }

    private void Leave(WithinBlock block)
    {
        var elapsed = TimeLimits.Clock - block.Start;
        if (elapsed < block.Min)
            _assertions.Fail("The block took {0} and should have taken {1}. {2}", elapsed, block.Min, block.Hint);
        if (!_mayUseAllTime && elapsed > block.Max + block.Epsilon)
            _assertions.Fail("The block took {0} and had only {1}. {2}", elapsed, block.Max, block.Hint);
    }

    private readonly record struct WithinBlock(
        TimeSpan Start, TimeSpan Min, TimeSpan Max, TimeSpan Epsilon, TimeSpan? OuterEnd, string Hint);
}
