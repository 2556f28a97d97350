using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp.Endpoints;

// A one-to-many socket can be waited for by one sender at a time, and cannot tell which of its associations has room:
// so all that wait are told, and each tries again.
internal sealed class EndpointRoom(ISctpSocket socket)
{
    private readonly Lock _gate = new();
    private HashSet<SharedAssociation> _waiting = [];
    private HashSet<SharedAssociation> _told = []; // of the loop
    private bool _isRunning;

    public void Wait(SharedAssociation who)
    {
        lock (_gate)
        {
            _waiting.Add(who);
            if (_isRunning) return;
            _isRunning = true;
        }

        Running = RunAsync();
    }

    // It has another socket to wait for, or has ended.
    public void Forget(SharedAssociation who)
    {
        lock (_gate) _waiting.Remove(who);
    }

    // What became of the last run: whoever awaits it hears of a defect.
    public Task Running { get; private set; } = Task.CompletedTask;

    private async Task RunAsync()
    {
        while (true)
        {
            var room = await socket.WaitWritableAsync().ConfigureAwait(false);
            lock (_gate) (_waiting, _told) = (_told, _waiting);
            foreach (var one in _told) one.NoticeRoom(room);
            _told.Clear();
            lock (_gate)
            {
                if (_waiting.Count > 0 && room.IsSuccess) continue;
                _isRunning = false;
                return;
            }
        }
    }
}
