namespace Handoff.TestKit.Simulation;

// What is due later, on one timer. What is due at the same time comes in the order in which it was asked for. Called
// under the network's gate.
internal sealed class Agenda : IDisposable
{
    private readonly TimeProvider _timeProvider;
    private readonly ITimer _timer;
    private readonly PriorityQueue<IDue, (TimeSpan At, long Number)> _due = new();
    private readonly long _start;
    private long _number;
    private TimeSpan _armedFor = TimeSpan.MaxValue;

    public Agenda(TimeProvider timeProvider, Action come)
    {
        _timeProvider = timeProvider;
        _start = timeProvider.GetTimestamp();
        _timer = timeProvider.CreateTimer(
            static come => ((Action)come!)(), come, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TimeSpan Now => _timeProvider.GetElapsedTime(_start);

    public int Count => _due.Count;

    public void Add(IDue due, TimeSpan at)
    {
        _due.Enqueue(due, (at, _number++));
        Arm();
    }

    public void Come(ref Wakes wakes)
    {
        _armedFor = TimeSpan.MaxValue;
        var now = Now;
        while (_due.TryPeek(out var due, out var when) && when.At <= now)
        {
            _due.Dequeue();
            due.Come(ref wakes);
        }

        Arm();
    }

    public void Dispose()
    {
        _due.Clear();
        _timer.Dispose();
    }

    private void Arm()
    {
        if (!_due.TryPeek(out _, out var next) || next.At >= _armedFor) return;
        _armedFor = next.At;
        var left = next.At - Now;
        _timer.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
