namespace Handoff.Transport.Sctp.Usrsctp;

// Tells each that waits for room on a one-to-many socket, of which nothing else tells, that a millisecond has passed.
// A timer of .NET counts by the system's tick, 4 ms at 250 Hz: by then a send buffer may have been empty for long.
internal sealed class UsrsctpClock
{
    private const int Milliseconds = 1;

    private readonly object _gate = new(); // waited at
    private HashSet<UsrsctpSocket> _waiting = [];
    private HashSet<UsrsctpSocket> _told = [];
    private bool _isRunning;

    // Once, for each call or for several.
    public void Tell(UsrsctpSocket who)
    {
        lock (_gate)
        {
            _waiting.Add(who);
            if (_waiting.Count == 1) Monitor.Pulse(_gate);
            if (_isRunning) return;
            _isRunning = true;
            new Thread(Run) { IsBackground = true, Name = "usrsctp clock" }.Start();
        }
    }

    private void Run()
    {
        while (true)
        {
            lock (_gate)
            {
                while (_waiting.Count == 0) Monitor.Wait(_gate);
            }

            Thread.Sleep(Milliseconds);
            lock (_gate) (_waiting, _told) = (_told, _waiting);
            foreach (var one in _told) one.Ticked();
            _told.Clear();
        }
    }
}
