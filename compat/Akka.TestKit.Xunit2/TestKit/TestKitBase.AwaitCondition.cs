using Akka.TestKit.Internal;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    private const int ChecksPerWait = 10;

    public void AwaitCondition(Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, null, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, null, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        string message,
        CancellationToken cancellationToken = default) =>
        AwaitCondition(conditionIsFulfilled, max, IntervalFor(max), message, cancellationToken);

    public void AwaitCondition(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string message = null,
        CancellationToken cancellationToken = default) =>
        DemandAsync(Lift(conditionIsFulfilled), max, interval, message, Wait.Block, cancellationToken).Now();

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Lift(conditionIsFulfilled), cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        string message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Lift(conditionIsFulfilled), max, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string message = null,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(Lift(conditionIsFulfilled), max, interval, message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, null, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled, TimeSpan? max, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, null, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        string message,
        CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, IntervalFor(max), message, cancellationToken);

    public Task AwaitConditionAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan? max,
        TimeSpan? interval,
        string message = null,
        CancellationToken cancellationToken = default) =>
        DemandAsync(conditionIsFulfilled, max, interval, message, Wait.Await, cancellationToken).AsTask();

    public bool AwaitConditionNoThrow(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        HoldsAsync(Lift(conditionIsFulfilled), max, interval ?? UsualInterval, Wait.Block, cancellationToken).Now();

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<bool> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        AwaitConditionNoThrowAsync(Lift(conditionIsFulfilled), max, interval, cancellationToken);

    public Task<bool> AwaitConditionNoThrowAsync(
        Func<Task<bool>> conditionIsFulfilled,
        TimeSpan max,
        TimeSpan? interval = null,
        CancellationToken cancellationToken = default) =>
        HoldsAsync(conditionIsFulfilled, max, interval ?? UsualInterval, Wait.Await, cancellationToken).AsTask();

    private static Func<Task<bool>> Lift(Func<bool> condition) => () => Task.FromResult(condition());

    // With no interval the condition is looked at twice: now, and when the time is up.
    private static async ValueTask<bool> HoldsAsync(
        Func<Task<bool>> condition,
        TimeSpan max,
        TimeSpan? interval,
        Wait how,
        CancellationToken cancellationToken)
    {
        max.ThrowIfNegative(nameof(max));
        var end = TimeLimits.Clock + max;
        while (!await condition())
        {
            var left = end - TimeLimits.Clock;
            if (left < TimeSpan.Zero || cancellationToken.IsCancellationRequested)
                return false;
            await Waiting.Pause(left.OrSooner(interval), how, cancellationToken);
        }

        return true;
    }

    private TimeSpan IntervalFor(TimeSpan? max) => RemainingOrDilated(max) / ChecksPerWait;

    private async ValueTask DemandAsync(
        Func<Task<bool>> condition,
        TimeSpan? max,
        TimeSpan? interval,
        string message,
        Wait how,
        CancellationToken cancellationToken)
    {
        var limit = RemainingOrDilated(max);
        if (!await HoldsAsync(condition, limit, interval, how, cancellationToken))
            _assertions.Fail("What was awaited did not come true within {0}. {1}", limit, message ?? "");
    }
}
