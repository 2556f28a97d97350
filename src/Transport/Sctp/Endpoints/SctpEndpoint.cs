using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Threading.Channels;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp.Endpoints;

// A one-to-many socket whose associations are sockets of their own (SharedAssociation): one loop receives, and sorts
// what comes to whom it belongs. An owner that does not receive costs the others nothing: at the bounds of its queue
// its association is peeled off, and only where that cannot be is nothing received until it has room.
//
// Dispose takes no more associations; those that are there live on, and the socket closes after the last of them.
[SuppressMessage("Design", "CA1001", Justification = "The socket is closed once nobody needs it.")]
internal sealed partial class SctpEndpoint
{
    // Then the others of the loop have their turn.
    private const int MostInARow = 64;

    // Received, before whoever reads is told.
    private const int MostUntold = 16;

    private readonly EndpointOptions _options;
    private readonly Lock _receiving = new(); // before _sending, before an association's own gate
    private readonly Lock _sending = new();
    private readonly Dictionary<SctpAssociationId, SharedAssociation> _here = [];
    private readonly Dictionary<SctpAssociationId, TaskCompletionSource<ResultCode>> _connecting = [];
    private readonly Channel<SharedAssociation> _arrived;
    private readonly Waiter<bool> _room;
    private readonly SctpEventKinds _initial;
    private SharedAssociation? _full; // the loop waits for its room
    private SharedAssociation? _leaving; // it is being peeled off
    private SctpEventKinds _wanted;
    private bool _isClosing;
    private bool _isOver;

    public SctpEndpoint(ISctpSocket socket, EndpointOptions options)
    {
        (Socket, _options, _initial, _wanted) = (socket, options, socket.Events, socket.Events);
        _room = new Waiter<bool>(options.Scheduler);
        _arrived = Channel.CreateBounded<SharedAssociation>(options.Backlog);
        Room = new EndpointRoom(socket);
    }

    public ISctpSocket Socket { get; }

    public EndpointRoom Room { get; }

    // Of each association that a message was to begin and that does not come up, on whichever thread receives; it must
    // not block.
    public Action<SctpCannotStart, IPEndPoint?>? NotBegun { get; set; }

    // Associations that are here and not peeled off.
    public int Count
    {
        get
        {
            lock (_receiving) return _here.Count;
        }
    }

    // Ends once the socket is closed; whoever awaits it hears of a defect.
    public Task Running { get; private set; } = Task.CompletedTask;

    // Once.
    public void Start() => Running = RunAsync();

    // The next association that came up, whoever began it. EEINTR (cancelled; none is lost), EEBADF (closed). Throws
    // for a defect of the loop.
    public async ValueTask<SocketOr<SharedAssociation>> AcceptAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _arrived.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ResultCode.EEINTR;
        }
        catch (ChannelClosedException closed) when (closed.InnerException is null)
        {
            return ResultCode.EEBADF;
        }
    }

    // Begins an association; done when it is up, and then it is among those that are accepted. Codes as those of
    // ISctpSocket.Connect and SctpCannotStart; EEINTR: cancelled, and it is given up. EEQUOTA: nobody accepts.
    public async Task<ResultCode> ConnectAsync(IReadOnlyList<IPEndPoint> peer, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var outcome = new TaskCompletionSource<ResultCode>(TaskCreationOptions.RunContinuationsAsynchronously);
        SctpAssociationId id;
        lock (_receiving)
        {
            if (_isClosing) return ResultCode.EEBADF;
            (id, var code) = Socket.Connect(peer);
            if (code is not ResultCode.EESUCCESS) return code;
            _connecting[id] = outcome;
        }

        await ((Task)outcome.Task).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (outcome.TrySetResult(ResultCode.EEINTR)) End(id, isAbort: true);
        return await outcome.Task.ConfigureAwait(false);
    }

    // Sends to who has no association with it yet, which begins one (RFC 6458, 3.1); EEISCONN where there is one.
    public IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint to)
    {
        lock (_receiving)
        {
            if (_isClosing) return IoResult.Failed(ResultCode.EEBADF);
            if (_here.Values.Any(one => IsOf(one, to))) return IoResult.Failed(ResultCode.EEISCONN);
            lock (_sending) return Socket.TrySend(message, info with { Association = default }, to);
        }
    }

    public IoResult TrySend(SharedAssociation from, ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to)
    {
        lock (_sending)
        {
            // Peeling it off wakes who waits for room, maybe on this very thread: it is here no more, and not yet on
            // its own. It waits, and is woken once it is.
            if (ReferenceEquals(_leaving, from)) return IoResult.Failed(ResultCode.EEWOULDBLOCK);

            // Peeled off meanwhile: it is not here any more.
            if (!from.IsPeeledOff) return Socket.TrySend(message, info, to);
        }

        return from.TrySend(message, info, to);
    }

    // What it has is its own from here on. EEINVAL (unknown flags), EENOTCONN (it has ended), and as
    // ISctpSocket.PeelOff.
    public SocketResult PeelOff(SharedAssociation one, SctpPeelFlags flags)
    {
        if (SctpRules.Obstacle(SctpStyle.OneToMany, one.Association, flags) is { } obstacle)
            return SocketResult.Of(obstacle);
        var wakes = new AssociationWakes(one);
        ResultCode code;
        bool goesOn;
        lock (_receiving)
        {
            code = PeelOffHere(one, flags, ref wakes);
            goesOn = code is ResultCode.EESUCCESS && HasRoom(one);
        }

        wakes.Fire();
        if (goesOn) _room.Fire();
        CloseIfUnused();
        return SocketResult.Of(code);
    }

    public void Want(SctpEventKinds kinds, bool asksWhetherDry)
    {
        lock (_receiving)
        {
            // Who begins to want it is told at once: as if nobody had wanted it before.
            if (asksWhetherDry && (_wanted & SctpEventKinds.SenderDry) != 0)
                Socket.Events = _wanted & ~SctpEventKinds.SenderDry;
            _wanted |= kinds;
            Socket.Events = _wanted;
        }
    }

    public void NoticeRoomOf(SharedAssociation one)
    {
        if (!ReferenceEquals(Volatile.Read(ref _full), one)) return;
        bool wakes;
        lock (_receiving) wakes = HasRoom(one);
        if (wakes) _room.Fire();
    }

    // Its owner is done with it.
    public void End(SharedAssociation one, bool isAbort, bool hasEnded)
    {
        if (!hasEnded) End(one.Association, isAbort);
        Room.Forget(one);
        NoticeRoomOf(one);
    }

    public void Dispose()
    {
        lock (_receiving)
        {
            if (_isClosing) return;
            _isClosing = true;
            _arrived.Writer.Complete();
            Socket.Listen(0);
            foreach (var (id, outcome) in _connecting)
            {
                if (outcome.TrySetResult(ResultCode.EEBADF)) End(id, isAbort: true);
            }
        }

        while (_arrived.Reader.TryRead(out var waiting)) waiting.Abort();
        CloseIfUnused();
    }

    private ResultCode PeelOffHere(SharedAssociation one, SctpPeelFlags flags, ref AssociationWakes wakes)
    {
        if (one.IsPeeledOff) return ResultCode.EESUCCESS;
        lock (_sending)
        {
            if (!_here.ContainsKey(one.Association)) return ResultCode.EENOTCONN;
            _leaving = one;
            var (own, code) = Socket.PeelOff(one.Association, flags);
            if (own is not null) one.Branch(own, ref wakes);
            _leaving = null;
            if (own is null) return code;
            _here.Remove(one.Association);
        }

        Room.Forget(one);
        return ResultCode.EESUCCESS;
    }

    // Under the gate: whether the loop waited for it, and is to go on.
    private bool HasRoom(SharedAssociation one)
    {
        if (!ReferenceEquals(_full, one)) return false;
        _full = null;
        if (!_room.IsWaiting) return false;
        _room.Resolve(true);
        return true;
    }

    private void End(SctpAssociationId id, bool isAbort)
    {
        lock (_sending)
        {
            var how = isAbort ? SctpSendFlags.Abort : SctpSendFlags.EndAssociation;
            var ended = Socket.TrySend([], new SctpSendInfo { Association = id, Flags = how });
            if (isAbort || ended.IsSuccess || ended.Code is ResultCode.EENOTCONN or ResultCode.EEBADF) return;
            Socket.TrySend([], new SctpSendInfo { Association = id, Flags = SctpSendFlags.Abort });
        }
    }

    private static bool IsOf(SharedAssociation one, IPEndPoint address) =>
        one.GetPeerAddresses(default).Value?.Contains(address) ?? Equals(one.RemoteEndPoint, address);
}
