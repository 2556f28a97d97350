using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Handoff.TestKit.Running;

/// <summary>
/// Akka's scheduler on a <see cref="VirtualClock"/>. Named by <c>akka.scheduler.implementation</c>; a
/// <see cref="SeededSystem"/> names it by itself. What a scheduled action throws comes out where the clock is turned.
/// </summary>
public sealed class VirtualScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    /// <summary>Made by Akka.</summary>
    /// <param name="scheduler">The whole configuration.</param>
    /// <param name="log">Akka's own.</param>
    public VirtualScheduler(Config scheduler, ILoggingAdapter log)
        : base(scheduler, log)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        Queue = SeededQueue.Find(scheduler.GetString(SeededQueue.SchedulerKey));
        Clock = Queue?.Clock ?? new VirtualClock();
    }

    /// <summary>The clock that it runs by, which a test turns.</summary>
    public VirtualClock Clock { get; }

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => Clock.Elapsed;

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => Clock.Elapsed;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => Clock.GetUtcNow();

    internal SeededQueue? Queue { get; }

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Schedule(delay, TimeSpan.Zero, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable) =>
        Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Schedule(delay, TimeSpan.Zero, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable)
    {
        ArgumentNullException.ThrowIfNull(action);
        Schedule(delay, TimeSpan.Zero, action.Run, cancelable);
    }

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Schedule(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable)
    {
        ArgumentNullException.ThrowIfNull(action);
        Schedule(initialDelay, interval, action.Run, cancelable);
    }

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true }) return;
        Clock.Schedule(delay, new DueEntry(
            static action => ((Action)action!)(), action, interval.Ticks, cancelable));
    }
}
