using Handoff.Campaign.Tests.Checking;
using Handoff.TestKit.Simulation;
using Handoff.Transport.Engine;

namespace Handoff.Campaign.Tests.Parties;

// The other end of a connection: no actor, and nothing of ownership is known to it.
internal sealed class Peer(Crew crew, IStreamSocket socket, SimulatedLink link, Line line)
{
    private readonly Gate _mayRead = new();
    private readonly Gate _maySend = new();
    private Task _reading = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private long _toSend;
    private bool _isFinishing;
    private bool _isClosed;

    public Line Line => line;

    public SimulatedLink Link => link;

    public bool IsOpen => !_isClosed;

    public IEnumerable<Exception> Defects =>
        new[] { _reading, _sending }.Where(task => task.IsFaulted).Select(task => task.Exception!.InnerException!);

    public void Start()
    {
        _mayRead.Open();
        _reading = crew.System.Begin(ReadAsync);
        _sending = crew.System.Begin(SendAsync);
    }

    public void Send(int bytes)
    {
        _toSend += bytes;
        _maySend.Open();
    }

    public void PauseReading() => _mayRead.Close();

    public void ResumeReading() => _mayRead.Open();

    // Sends the rest and the FIN, and reads to the end.
    public void Finish()
    {
        _isFinishing = true;
        _maySend.Open();
        _mayRead.Open();
    }

    public void Close(bool isAbort)
    {
        // A reset comes before what its owner has not read, also where everything was sent.
        if (isAbort || !line.PeerFinished || !line.PeerSawEnd) line.IsBroken = true;
        _isClosed = true;
        if (isAbort) socket.Abort();
        else socket.Dispose();
        _isFinishing = true;
        _maySend.Open();
        _mayRead.Open();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[512];
        while (true)
        {
            await _mayRead.Opened;
            var got = await socket.ReceiveAsync(buffer);
            if (!got.IsSuccess)
            {
                crew.Note($"peer {line.Port} reads {got.Code}");
                return;
            }

            if (got.Bytes == 0) break;
            if (line.Difference(buffer.AsSpan(0, got.Bytes)) is { } at)
                crew.Ledger.Violate($"peer {line.Port} received another byte than byte {at} is");
            line.PeerReceived += got.Bytes;
        }

        crew.Note($"peer {line.Port} reads the end after {line.PeerReceived} bytes");
        line.PeerSawEnd = true;
    }

    private async Task SendAsync()
    {
        while (true)
        {
            while (line.PeerSent < _toSend)
            {
                var count = (int)Math.Min(1024, _toSend - line.PeerSent);
                var sent = await socket.SendAsync(Pattern.Bytes(line.ToSocket, line.PeerSent, count));
                line.PeerSent += sent.Bytes;
                if (!sent.IsSuccess) return;
            }

            if (_isFinishing) break;
            _maySend.Close();
            await _maySend.Opened;
        }

        if (socket.ShutdownSend() is Handoff.Transport.ResultCode.EESUCCESS) line.PeerFinished = true;
    }
}
