namespace Handoff.TestKit.Running;

/// <summary>
/// A clock that stands still until it is told to go on, and then goes from one due time to the next: a timer that
/// repeats fires at each of its due times. It is a <see cref="TimeProvider"/>, and the time of an actor system whose
/// scheduler is a <see cref="VirtualScheduler"/>. Timers that are due at the same time fire in the order in which they
/// were set; in a <see cref="SeededSystem"/> the seed decides. Setting and cancelling timers is thread-safe; one
/// thread turns the clock.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private const int FewTimers = 64;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<DueEntry, (long At, long Order)> _entries = new();
    private SeededQueue? _queue;
    private long _now;
    private long _order;
    private long _next = long.MaxValue;
    private int _sweepAt = FewTimers;

    /// <summary>What the clock shows at first, and after a reset: the first second of 2000, UTC.</summary>
    public static DateTimeOffset Start { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How far the clock has gone since <see cref="Start"/>.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _now));

    /// <summary>Timers that are set and not cancelled; one that repeats counts once.</summary>
    public int Pending
    {
        get
        {
            lock (_gate) return _entries.UnorderedItems.Count(entry => !entry.Element.IsOver);
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the first timer is due, since <see cref="Start"/>; null if none is set.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate) return SkipOver() ? new TimeSpan(_next) : null;
        }
    }

    internal int Kept => _entries.Count;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new VirtualTimer(this, callback, state, dueTime, period);
    }

    /// <summary>
    /// Lets time pass. Each due time on the way is the present while its timers fire, and all that they started has
    /// come to rest before the next one.
    /// </summary>
    /// <param name="by">How much; not negative.</param>
    /// <exception cref="InvalidOperationException">As for <see cref="RunUntilIdle"/>.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = checked(_now + by.Ticks);
        RunUntilIdle();
        while (TryGoOn(until)) RunUntilIdle();
        Volatile.Write(ref _now, until);
    }

    /// <summary>Goes to the next due time and fires its timers, as <see cref="Advance"/> does.</summary>
    /// <returns>False if no timer is set.</returns>
    /// <exception cref="InvalidOperationException">As for <see cref="RunUntilIdle"/>.</exception>
    public bool AdvanceToNext()
    {
        RunUntilIdle();
        if (!TryGoOn(long.MaxValue)) return false;
        RunUntilIdle();
        return true;
    }

    /// <summary>
    /// Fires what is due now, and, in a <see cref="SeededSystem"/>, runs whatever can run, until nothing is left that
    /// needs no time to pass.
    /// </summary>
    /// <returns>How many steps there were.</returns>
    /// <exception cref="InvalidOperationException">
    /// It does not come to rest within <see cref="SeededSystem.MaxSteps"/>, or another thread takes part.
    /// </exception>
    public long RunUntilIdle()
    {
        if (_queue is { } queue) return queue.RunUntilIdle();
        var fired = 0L;
        while (TakeDue() is { } entry)
        {
            entry.Fire();
            if (++fired == SeededSystem.DefaultMaxSteps) throw new InvalidOperationException("Time stands still.");
        }

        return fired;
    }

    internal static VirtualClock For(SeededQueue queue) => new() { _queue = queue };

    internal DueEntry Schedule(TimeSpan delay, DueEntry entry)
    {
        lock (_gate)
        {
            entry.At = _now + Math.Max(0, Math.Min(delay.Ticks, long.MaxValue / 2));
            Add(entry);
        }

        return entry;
    }

    // What is due by now, first things first; one that repeats is set again.
    internal DueEntry? TakeDue()
    {
        if (Volatile.Read(ref _next) > _now) return null;
        lock (_gate)
        {
            if (!SkipOver() || _next > _now) return null;
            var entry = _entries.Dequeue();
            if (entry.Interval > 0)
            {
                entry.At += entry.Interval;
                Add(entry);
            }
            else
            {
                SkipOver();
            }

            return entry;
        }
    }

    internal void Reset()
    {
        lock (_gate)
        {
            _entries.Clear();
            _next = long.MaxValue;
            _order = 0;
            _now = 0;
        }
    }

    private bool TryGoOn(long until)
    {
        lock (_gate)
        {
            if (!SkipOver() || _next > until) return false;
            Volatile.Write(ref _now, Math.Max(_now, _next));
            return true;
        }
    }

    // A cancelled timer stays until it is due or until there are many of them.
    private void Add(DueEntry entry)
    {
        if (_entries.Count >= _sweepAt) Sweep();
        _entries.Enqueue(entry, (entry.At, _order++));
        _next = _entries.Peek().At;
    }

    private void Sweep()
    {
        var left = _entries.UnorderedItems.Where(item => !item.Element.IsOver).ToList();
        _entries.Clear();
        foreach (var (entry, priority) in left) _entries.Enqueue(entry, priority);
        _sweepAt = Math.Max(FewTimers, 2 * left.Count);
    }

    // False if nothing is set.
    private bool SkipOver()
    {
        while (_entries.TryPeek(out var entry, out var due))
        {
            _next = due.At;
            if (!entry.IsOver) return true;
            _entries.Dequeue();
        }

        _next = long.MaxValue;
        return false;
    }
}
