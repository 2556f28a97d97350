using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

// Time stands still until Advance. As in Akka itself, what repeats runs once for each Advance, however far it goes,
// and an action that runs once does not look at its cancelable.
#pragma warning disable CS9113 // The runtime creates a scheduler with these two.
public class TestScheduler(Config schedulerConfig, ILoggingAdapter log) : IScheduler, IAdvancedScheduler
#pragma warning restore CS9113
{
    private readonly Lock _gate = new();
    private readonly List<ScheduledItem> _items = [];
    private DateTimeOffset _now = DateTimeOffset.UtcNow;

    public DateTimeOffset Now => TimeNow;

    public TimeSpan MonotonicClock => TimeLimits.Clock;

    public TimeSpan HighResMonotonicClock => TimeLimits.Clock;

    public IAdvancedScheduler Advanced => this;

    protected DateTimeOffset TimeNow
    {
        get
        {
            lock (_gate)
                return _now;
        }
    }

    public void Advance(TimeSpan offset)
    {
        List<ScheduledItem> due;
        lock (_gate)
        {
            _now += offset;
            due = _items.Where(item => item.At <= _now).OrderBy(item => item.At).ToList();
            _items.RemoveAll(item => item.At <= _now);
        }

        foreach (var item in due)
        {
            if (item.IsCancelled)
                continue;
            item.Run();
            if (item.Interval is { } interval)
                Add(item with { At = TimeNow + interval });
        }
    }

    public void AdvanceTo(DateTimeOffset when)
    {
        var now = TimeNow;
        if (when < now)
            throw new InvalidOperationException($"Time does not run backwards: it is {now:O}, and {when:O} is past.");
        Advance(when - now);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    public void ScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    public void ScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => Add(delay, null, action, null);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Add(delay, null, action, null);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) =>
        Add(initialDelay, interval, action, null);

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    // Akka's test scheduler takes no runnables, so neither does this one.
    public void ScheduleOnce(TimeSpan delay, IRunnable action) => throw new NotImplementedException();

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        throw new NotImplementedException();

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) =>
        throw new NotImplementedException();

    public void ScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        throw new NotImplementedException();

    private void Add(TimeSpan delay, TimeSpan? interval, Action run, ICancelable cancelable) =>
        Add(new ScheduledItem(TimeNow + delay, interval, run, cancelable));

    private void Add(ScheduledItem item)
    {
        lock (_gate)
            _items.Add(item);
    }

    private sealed record ScheduledItem(DateTimeOffset At, TimeSpan? Interval, Action Run, ICancelable Cancelable)
    {
        public bool IsCancelled => Cancelable is { IsCancellationRequested: true };
    }
}
