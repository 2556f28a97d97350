namespace Akka.Actor;

// Something to be done at a time, once or again and again, and its place in the wheel. Waiting -> Running -> Waiting
// or
// Over; whoever takes it from Waiting by compare-and-swap decides whether it still happens.
internal abstract class ScheduledEntry(TimerWheel wheel, long deadline, long interval)
{
    private const int Waiting = 0;
    private const int Running = 1;
    private const int Over = 2;

    private static readonly TimeSpan LongestDelivery = TimeSpan.FromMilliseconds(100);

    private CancellationTokenRegistration _registration;
    private int _state;
    private volatile bool _busy;

    // Its neighbours and its slot are the wheel's, which guards them.
    internal ScheduledEntry Previous { get; set; }

    internal ScheduledEntry Following { get; set; }

    internal int Slot { get; set; } = TimerWheel.NoSlot;

    internal long Order { get; set; }

    // In TimeSpan's unit, since the wheel was made.
    internal long Deadline { get; private set; } = deadline;

    internal bool IsOver => Volatile.Read(ref _state) == Over;

    protected virtual bool DeliversOnly => false;

    // False if there is nothing left to schedule.
    internal bool ObeyTo(ICancelable cancelable)
    {
        if (cancelable == null)
            return true;
        if (cancelable.IsCancellationRequested)
            return false;
        _registration = cancelable.Token.UnsafeRegister(static e => ((ScheduledEntry)e).Cancel(), this);
        return !IsOver;
    }

    // True if it has to go back into the wheel. Throws what the action throws; such a one is over.
    internal bool Fire()
    {
        if (!TryTake())
            return false;
        var again = false;
        try
        {
            Run();
            again = interval > 0;
        }
        finally
        {
            Deadline += interval;
            again &= Interlocked.CompareExchange(ref _state, again ? Waiting : Over, Running) == Running;
            _busy = false;
            if (!again)
                _registration.Unregister();
        }

        return again;
    }

    protected abstract void Run();

    private bool TryTake()
    {
        _busy = true;
        if (Interlocked.CompareExchange(ref _state, Running, Waiting) == Waiting)
            return true;
        _busy = false;
        return false;
    }

    private void Cancel()
    {
        if (Interlocked.Exchange(ref _state, Over) == Waiting)
            wheel.Remove(this);
        else if (DeliversOnly && !wheel.IsOwnThread)
            AwaitDelivery();
    }

    // A message that is being told this instant has arrived before Cancel returns. The bound is for receivers that run
    // their actor on the teller's thread.
    private void AwaitDelivery()
    {
        if (_busy)
            SpinWait.SpinUntil(() => !_busy, LongestDelivery);
    }
}
