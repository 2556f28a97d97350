using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Sockets;

// The listening socket, and what a restarted listener actor must still know.
internal sealed class OwnedListener(
    long id, string transport, AcceptSource source, FilterRoom filters, int maxWaiting) : IOwned
{
    // Connections that nobody has acquired yet.
    private readonly HashSet<IActorRef> _waiting = [];
    private bool _paused;

    public Custody? Custody { get; set; }

    public AcceptSource Source => source;

    public string Transport => transport;

    public FilterRoom Filters => filters;

    // Children that are connections.
    public int Connections { get; private set; }

    public bool Closed { get; private set; }

    public bool HasRoom => !_paused && !Closed && _waiting.Count < maxWaiting;

    public SocketFacts Facts() =>
        new(id, SocketKind.Listener, transport, source.LocalEndPoint, null, _waiting.Count, 0);

    public (long Received, long Sent) Traffic() => (0, 0);

    public Positions Positions() => default;

    public SocketResult Pause(ReadOnlyMemory<byte> pushBack)
    {
        if (!pushBack.IsEmpty) return new(ResultCode.EEBADDATA, "Release: a listener has no bytes to push back");
        _paused = true;
        return SocketResult.Success;
    }

    public void Resume() => _paused = false;

    public void Tear(bool isOwnerDead) => _paused = true;

    public (object Told, Positions Start) Admit(SocketHandle handle, Reading? reading)
    {
        _paused = false;
        object told = handle.Epoch == 1
            ? new Listening(handle, source.LocalEndPoint)
            : new Acquired(handle, Facts(), Lease: null, 0, 0);
        return (told, default);
    }

    public void Flush()
    {
        if (Closed) return;
        Closed = true;
        source.Dispose();
        filters.Close();
    }

    public void Abort(SocketResult why) => Flush();

    public void Over()
    {
    }

    public void Spawned(IActorRef connection)
    {
        Connections++;
        _waiting.Add(connection);
    }

    public void Settled(IActorRef connection) => _waiting.Remove(connection);

    public void Gone(IActorRef connection)
    {
        Connections--;
        _waiting.Remove(connection);
    }
}
