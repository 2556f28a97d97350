using System.Diagnostics;

namespace Akka.Actor;

// Entries hashed by the tick that they are due at, a list a slot. To add or take out is a few writes under one lock,
// and what is cancelled is taken out at once. One thread serves it, which sleeps until a slot that holds something.
internal sealed class TimerWheel(int slots, TimeSpan tick, Action<ScheduledEntry, Exception> failed)
{
    internal const int NoSlot = -1;

    // A list of due entries that grew beyond this in a burst is not kept.
    private const int RoomKept = 1024;

    // Where the thread is awake, and looks at every slot by itself before it sleeps.
    private const long Awake = long.MinValue;

    private readonly object _gate = new();
    private readonly ScheduledEntry[] _slots = new ScheduledEntry[slots];
    private readonly long _start = Stopwatch.GetTimestamp();

    private Thread _thread;
    private bool _stopped;
    private int _count;
    private long _order;
    private long _tick;
    private long _sleepsUntil = Awake;

    public long Now => Stopwatch.GetElapsedTime(_start).Ticks;

    public bool IsOwnThread => Thread.CurrentThread == _thread;

    public void Add(ScheduledEntry entry)
    {
        lock (_gate)
        {
            if (_stopped)
                throw new SchedulerException("The scheduler was stopped; nothing can be scheduled any more.");
            if (entry.IsOver)
                return;
            var due = Link(entry);
            if (_thread == null)
                Start();
            else if (due < _sleepsUntil)
                Monitor.Pulse(_gate);
        }
    }

    public void Remove(ScheduledEntry entry)
    {
        lock (_gate)
            Unlink(entry);
    }

    // What was not due yet, in its order; null if the thread did not come to an end in time.
    public List<ScheduledEntry> Stop(TimeSpan patience)
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        if (_thread != null && !IsOwnThread && !_thread.Join(patience))
            return null;

        var rest = new List<ScheduledEntry>(_count);
        lock (_gate)
        {
            for (var slot = 0; slot < slots; slot++)
                while (_slots[slot] is { } entry)
                {
                    Unlink(entry);
                    rest.Add(entry);
                }
        }

        rest.Sort(InOrder);
        return rest;
    }

    private static int InOrder(ScheduledEntry one, ScheduledEntry other)
    {
        var byTime = one.Deadline.CompareTo(other.Deadline);
        return byTime != 0 ? byTime : one.Order.CompareTo(other.Order);
    }

    private void Start()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "akka scheduler" };
        _thread.UnsafeStart();
    }

    // One list for all time: a stack frame that lives as long as this may keep what its variables held before.
    private void Work()
    {
        var due = new List<ScheduledEntry>();
        while (AwaitDue(due))
            FireAll(due);
    }

    private void FireAll(List<ScheduledEntry> due)
    {
        due.Sort(InOrder);
        foreach (var entry in due)
            Fire(entry);
        due.Clear();
        if (due.Capacity > RoomKept)
            due.Capacity = 0;
    }

    private void Fire(ScheduledEntry entry)
    {
        try
        {
            if (entry.Fire())
                AddAgain(entry);
        }
        catch (Exception e)
        {
            failed(entry, e);
        }
    }

    private void AddAgain(ScheduledEntry entry)
    {
        lock (_gate)
            if (!entry.IsOver)
                Link(entry);
    }

    private bool AwaitDue(List<ScheduledEntry> due)
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                TakeDue(due);
                if (due.Count > 0)
                    return true;
                Sleep();
            }

            return false;
        }
    }

    private void TakeDue(List<ScheduledEntry> due)
    {
        var now = Now / tick.Ticks;
        var time = now * tick.Ticks;
        var last = _count == 0 ? _tick : Math.Min(now, _tick + slots);
        for (var t = _tick + 1; t <= last; t++)
        {
            ScheduledEntry following;
            for (var entry = _slots[SlotOf(t)]; entry != null; entry = following)
            {
                following = entry.Following;
                if (entry.Deadline > time)
                    continue;
                Unlink(entry);
                due.Add(entry);
            }
        }

        _tick = now;
    }

    private void Sleep()
    {
        _sleepsUntil = NextOccupied();
        if (_sleepsUntil == long.MaxValue)
            Monitor.Wait(_gate);
        else
        {
            var wait = TimeSpan.FromTicks(_sleepsUntil * tick.Ticks - Now);
            if (wait > TimeSpan.Zero)
                Monitor.Wait(_gate, (int)Math.Ceiling(wait.TotalMilliseconds));
        }

        _sleepsUntil = Awake;
    }

    private long NextOccupied()
    {
        if (_count > 0)
            for (var t = _tick + 1; t <= _tick + slots; t++)
                if (_slots[SlotOf(t)] != null)
                    return t;
        return long.MaxValue;
    }

    // Gives the tick at which it will be looked at first. What is overdue is looked at in the next.
    private long Link(ScheduledEntry entry)
    {
        var due = entry.Deadline / tick.Ticks + (entry.Deadline % tick.Ticks == 0 ? 0 : 1);
        due = Math.Max(due, _tick + 1);
        var slot = SlotOf(due);
        var first = _slots[slot];
        entry.Slot = slot;
        entry.Order = _order++;
        entry.Previous = null;
        entry.Following = first;
        if (first != null)
            first.Previous = entry;
        _slots[slot] = entry;
        _count++;
        return due;
    }

    private void Unlink(ScheduledEntry entry)
    {
        if (entry.Slot == NoSlot)
            return;
        if (entry.Previous == null)
            _slots[entry.Slot] = entry.Following;
        else
            entry.Previous.Following = entry.Following;
        if (entry.Following != null)
            entry.Following.Previous = entry.Previous;
        entry.Slot = NoSlot;
        entry.Previous = entry.Following = null;
        _count--;
    }

    private int SlotOf(long atTick) => (int)(atTick & (slots - 1));
}
