using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// Tells each that waits for room on a one-to-many socket, of which nothing else tells, that a millisecond has passed.
// A timer of .NET counts by the system's tick, 4 ms at 250 Hz: by then a send buffer may have been empty for long. One
// of the system (timerfd_create(2)) is exact. Where there is no descriptor for it, the stack asks again in its time.
internal sealed unsafe class UsrsctpClock
{
    private const int Nanoseconds = 1_000_000;
    private const int Monotonic = 1; // CLOCK_MONOTONIC

    private readonly Lock _gate = new();
    private HashSet<UsrsctpSocket> _waiting = [];
    private HashSet<UsrsctpSocket> _told = []; // of the clock's thread
    private int _timer = -1;

    // Once, for each call or for several.
    public void Tell(UsrsctpSocket who)
    {
        lock (_gate)
        {
            if (_timer < 0 && !Start()) return;
            if (_waiting.Add(who) && _waiting.Count == 1) Set();
        }
    }

    private bool Start()
    {
        _timer = SystemCalls.CreateTimer(Monotonic, Native.CloseOnExec);
        if (_timer < 0) return false;
        new Thread(Run) { IsBackground = true, Name = "usrsctp clock" }.Start(); // until the process ends
        return true;
    }

    private void Set()
    {
        var due = stackalloc long[4]; // struct itimerspec: the interval, which is none, and the time until then
        (due[0], due[1], due[2], due[3]) = (0, 0, 0, Nanoseconds);
        _ = SystemCalls.SetTimer(_timer, 0, due, null);
    }

    private void Run()
    {
        ulong expired;
        while (SystemCalls.Read(_timer, (byte*)&expired, sizeof(ulong)) > 0 || Errors.Last is Errno.Interrupted)
        {
            lock (_gate) (_waiting, _told) = (_told, _waiting);
            foreach (var one in _told) one.Ticked();
            _told.Clear();
        }
    }
}
