namespace Handoff.TestKit.Running;

internal sealed class VirtualTimer : ITimer
{
    private readonly Lock _gate = new();
    private readonly VirtualClock _clock;
    private readonly TimerCallback _callback;
    private readonly object? _state;
    private DueEntry? _entry;
    private bool _isDisposed;

    public VirtualTimer(VirtualClock clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        _clock = clock;
        _callback = callback;
        _state = state;
        Change(dueTime, period);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Demand(dueTime, nameof(dueTime));
        Demand(period, nameof(period));
        lock (_gate)
        {
            if (_isDisposed) return false;
            _entry?.Cancel();
            _entry = dueTime == Timeout.InfiniteTimeSpan
                ? null
                : _clock.Schedule(dueTime, new DueEntry(
                    static timer => ((VirtualTimer)timer!).Fire(), this, Math.Max(0, period.Ticks)));
            return true;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _entry?.Cancel();
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Fire() => _callback(_state);

    private static void Demand(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan) ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero, name);
    }
}
