namespace Handoff.Contracts.Tests.Setup;

/// <summary>
/// A clock that does not wait: as long as a timer is set, it moves on to the one that is due first, on the thread
/// pool. What is timed happens in its order and at once.
/// </summary>
internal sealed class EagerTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(Timer Timer, int Version), (long Due, long Number)> _due = new();
    private long _now;
    private long _number;
    private bool _isRunning;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Run()
    {
        while (Next() is { } timer) timer.Run();
    }

    private Timer? Next()
    {
        lock (_gate)
        {
            while (_due.TryDequeue(out var entry, out var when))
            {
                if (entry.Timer.Version != entry.Version) continue;
                Interlocked.Exchange(ref _now, Math.Max(_now, when.Due));
                return entry.Timer;
            }

            _isRunning = false;
            return null;
        }
    }

    private sealed class Timer(EagerTime time, Action run) : ITimer
    {
        public int Version { get; private set; }

        public Action Run => run;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan) throw new NotSupportedException();
            lock (time._gate)
            {
                Version++;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                time._due.Enqueue((this, Version), (time._now + dueTime.Ticks, time._number++));
                if (time._isRunning) return true;
                time._isRunning = true;
            }

            ThreadPool.UnsafeQueueUserWorkItem(static time => time.Run(), time, preferLocal: false);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
