using Akka.Actor;

namespace Handoff.TestKit.Running;

// Something that is due at a time, in ticks since the clock's start; again and again if it has an interval.
internal sealed class DueEntry(Action<object?> run, object? state, long interval = 0, ICancelable? cancelable = null)
{
    private volatile bool _isCancelled;

    public long At { get; set; }

    public long Interval => interval;

    public bool IsOver => _isCancelled || cancelable is { IsCancellationRequested: true };

    public void Cancel() => _isCancelled = true;

    // It may have been cancelled since it was taken.
    public void Fire()
    {
        if (!IsOver) run(state);
    }
}
