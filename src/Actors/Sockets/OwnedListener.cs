using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Sockets;

// The listening socket, and what a restarted listener actor must still know.
internal sealed class OwnedListener(
    long id, string transport, AcceptSource source, FilterRoom filters, int maxWaiting) : IOwned
{
    // Connections that nobody has acquired yet.
    private readonly HashSet<IActorRef> _waiting = [];
    private bool _paused;
    private bool _left;

    public Custody? Custody { get; set; }

    // From another process; null where it was bound here.
    public SocketsActor.TakeIn? Came { get; init; }

    // Whose connections this process leaves in the system.
    public bool IsForPrograms { get; init; }

    // Of a one-to-many socket.
    public EndpointDesk? Desk { get; set; }

    public AcceptSource Source => source;

    public string Transport => transport;

    public FilterRoom Filters => filters;

    // Children that are connections.
    public int Connections { get; private set; }

    public bool Closed { get; private set; }

    // Whoever owned it when it left; nobody if that has stopped.
    public IActorRef? LastOwner { get; private set; }

    public bool HasRoom =>
        !_paused && !IsForPrograms && (!Closed || _left) && _waiting.Count < maxWaiting;

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
        object told = handle.Epoch == 1 && Came is null
            ? new Listening(handle, source.LocalEndPoint)
            : new Acquired(handle, Facts(), Lease: null, 0, 0);
        return (told, default);
    }

    public async ValueTask<(Cargo? Cargo, SocketResult Result)> DetachAsync(CancellationToken cancellationToken)
    {
        var (descriptor, code) = await source.HoldAsync(cancellationToken).ConfigureAwait(false);
        if (descriptor is null)
        {
            var why = $"the listener on {source.LocalEndPoint} did not stop: {code.Text()}";
            return (null, new SocketResult(code, why));
        }

        return (new Cargo(Baggage.OfListener(descriptor), source.GoOn, source.Leave), SocketResult.Success);
    }

    // What the manager passes to each process is not to be kept beside that: its end would be the manager's, too.
    public SocketOr<SocketDescriptor> Share() =>
        Came is { Copy: Copy.Managers } ? ResultCode.EEALREADY : source.Share();

    // What it has accepted by now stays here, for whoever was to have it.
    public void Left(IActorRef? before)
    {
        (Closed, _left, _paused, LastOwner) = (true, true, false, before);
        source.Dispose();
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
