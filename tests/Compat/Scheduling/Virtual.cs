using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Handoff.Compat.Tests.Scheduling;

// A scheduler of a user's own: time passes when a test says so.
public sealed class Virtual(Config scheduler, ILoggingAdapter log) : SchedulerBase(scheduler, log)
{
    private readonly Lock _gate = new();
    private readonly List<(TimeSpan Due, Action Action, ICancelable? Cancelable)> _entries = [];
    private TimeSpan _now;

    public Config Config => SchedulerConfig;

    public ILoggingAdapter Logger => Log;


    public override TimeSpan MonotonicClock => _now;

    public override TimeSpan HighResMonotonicClock => _now;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UnixEpoch + _now;

    public void Advance(TimeSpan by)
    {
        List<(TimeSpan Due, Action Action, ICancelable? Cancelable)> due;
        lock (_gate)
        {
            _now += by;
            due = _entries.Where(e => e.Due <= _now).OrderBy(e => e.Due).ToList();
            _entries.RemoveAll(due.Contains);
        }

        foreach (var entry in due)
            if (entry.Cancelable is not { IsCancellationRequested: true })
                entry.Action();
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(delay, action.Run, cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable cancelable) => throw new NotSupportedException();

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        throw new NotSupportedException();

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        throw new NotSupportedException();

    private void Add(TimeSpan delay, Action action, ICancelable cancelable)
    {
        ValidateDelay(delay, nameof(delay));
        ValidateInterval(delay + TimeSpan.FromTicks(1), nameof(delay));
        lock (_gate)
            _entries.Add((_now + delay, action, cancelable));
    }
}
