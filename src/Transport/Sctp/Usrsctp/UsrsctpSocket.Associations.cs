using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// Which associations it has, and what is known of them.
internal sealed unsafe partial class UsrsctpSocket
{
    public SctpEventKinds Events
    {
        get => _events;
        set
        {
            var isDry = value.HasFlag(SctpEventKinds.SenderDry);
            var isDryNew = _events.HasFlag(SctpEventKinds.SenderDry) != isDry;
            _events = value;
            if (_isClosed || !_handle.TryEnter(out var socket)) return;
            SetEvents(socket, value, isDryNew);
            if (isDryNew && Style is SctpStyle.OneToMany) SetDryOfEach(socket, isDry);
            _handle.Leave();
            Heard(); // it may have been told something at once
        }
    }

    // Those of an association's life are on always.
    public static bool SetEvents(nint socket, SctpEventKinds events, bool isDryNew)
    {
        var isSet = SetEvent(socket, UsrsctpNotice.OfLife, isOn: true, UsrsctpNumbers.AllAssociations);
        foreach (var (kind, type) in UsrsctpNotice.Types)
            isSet &= SetEvent(socket, type, events.HasFlag(kind), UsrsctpNumbers.AllAssociations);
        return isSet && (!isDryNew
            || SetEvent(socket, UsrsctpNotice.OfDry, events.HasFlag(SctpEventKinds.SenderDry), association: 0));
    }

    public SocketResult Listen(int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(backlog);
        if (_isClosed || !_handle.TryEnter(out var socket)) return SocketResult.Of(ResultCode.EEBADF);
        var code = Style switch
        {
            SctpStyle.PeeledOff => ResultCode.EEINVAL,
            SctpStyle.OneToOne => ResultCode.EEISCONN,
            _ when UsrsctpCalls.Listen(socket, backlog) == 0 => ResultCode.EESUCCESS,
            _ => Errors.OfListen(Errors.Last),
        };
        _handle.Leave();
        return SocketResult.Of(code);
    }

    public SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding)
    {
        if (_isClosed || !_handle.TryEnter(out var socket)) return SocketResult.Of(ResultCode.EEBADF);
        var code = Bind(socket, addresses, binding);
        _handle.Leave();
        return SocketResult.Of(code);
    }

    public SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer)
    {
        if (_isClosed || !_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
        try
        {
            if (Style is not SctpStyle.OneToMany) return ResultCode.EEISCONN;
            if (peer.Count == 0) return ResultCode.EENOADDR;
            if (SctpRules.Obstacle(peer) is not null || !peer.All(IsFit)) return ResultCode.EEBADADDR;
            if (peer.Any(address => _stack.Places.IsPeeledOff(LocalEndPoints, address))) return ResultCode.EEISCONN;
            lock (_sending) return Connect(socket, peer);
        }
        finally
        {
            _handle.Leave();
        }
    }

    public SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags)
    {
        UsrsctpSocket peeled;

        // Neither a receive nor a send is under way: with one, usrsctp would leave messages behind.
        lock (_receiving)
        {
            lock (_sending)
            {
                if (_isClosed || !_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
                try
                {
                    if (SctpRules.Obstacle(Style, association, flags) is { } obstacle) return obstacle;
                    if (StatusOf(socket, association.Value) is null) return ResultCode.EEINVAL;
                    var branch = UsrsctpCalls.PeelOff(socket, association.Value);
                    if (branch == 0) return UsrsctpErrors.OfPeel(Errors.Last);
                    peeled = Branched(branch, association);
                }
                finally
                {
                    _handle.Leave();
                }
            }
        }

        Notice(mayWrite: true); // who waited to send to it is told when it tries again
        return peeled;
    }

    public SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association) =>
        Style is SctpStyle.OneToMany && association == default && !_isClosed
            ? ResultCode.EEINVAL
            : Ask(association, static (_, socket, id) => UsrsctpAddresses.OfPeer(socket, id));

    public SctpOr<IReadOnlyList<IPEndPoint>> GetLocalAddresses(SctpAssociationId association) =>
        Style is SctpStyle.OneToMany && association == default && !_isClosed
            ? SctpOr<IReadOnlyList<IPEndPoint>>.Of(LocalEndPoints)
            : Ask(association, static (_, socket, id) => UsrsctpAddresses.OfLocal(socket, id));

    public SctpOr<SctpStatus> GetStatus(SctpAssociationId association) =>
        Ask(association, static (_, socket, id) => StatusOf(socket, id));

    public SocketResult SetOption(SctpAssociationId association, SctpOption option)
    {
        if (_isClosed || !_handle.TryEnter(out var socket)) return SocketResult.Of(ResultCode.EEBADF);
        var id = Style is SctpStyle.OneToMany ? association.Value : 0;
        var result = UsrsctpOptions.Set(socket, Style, id, option);
        _handle.Leave();
        return result;
    }

    public SctpOr<int> GetOption(SctpAssociationId association, SctpOptionKind kind)
    {
        if (_isClosed || !_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
        var id = Style is SctpStyle.OneToMany ? association.Value : 0;
        var result = UsrsctpOptions.Get(socket, Style, id, kind);
        _handle.Leave();
        return result;
    }

    // This event, and no other, has to be asked for by each id; which answers at once where it holds.
    private static void SetDryOfEach(nint socket, bool isOn)
    {
        const int Most = 16 * 1024;
        var value = new int[Most]; // struct sctp_assoc_ids
        uint length = Most * sizeof(int);
        fixed (int* ids = value)
        {
            if (UsrsctpCalls.GetOption(
                socket, UsrsctpNumbers.Protocol, UsrsctpNumbers.AssociationIds, (byte*)ids, &length) != 0) return;
            for (var i = 1; i <= ids[0]; i++) SetEvent(socket, UsrsctpNotice.OfDry, isOn, ids[i]);
        }
    }

    private static bool SetEvent(nint socket, ushort type, bool isOn, int association)
    {
        var value = stackalloc byte[8]; // struct sctp_event
        *(int*)value = association;
        *(ushort*)(value + 4) = type;
        value[6] = isOn ? (byte)1 : (byte)0;
        return UsrsctpCalls.SetOption(socket, UsrsctpNumbers.Protocol, UsrsctpNumbers.Event, value, 8) == 0;
    }

    private ResultCode Bind(nint socket, IReadOnlyList<IPEndPoint> addresses, SctpBinding binding)
    {
        if (Style is SctpStyle.PeeledOff || addresses.Count == 0) return ResultCode.EEINVAL;
        var port = LocalEndPoints[0].Port;
        if (addresses.Any(one => one.Port != 0 && one.Port != port)) return ResultCode.EEBADADDR;
        IPEndPoint[] meant = [.. addresses.Select(one => new IPEndPoint(one.Address, port))];
        IPEndPoint[] left = binding is SctpBinding.Add
            ? [.. LocalEndPoints.Union(meant)]
            : [.. LocalEndPoints.Except(meant)];
        if (left.Length == 0) return ResultCode.EEINVAL;
        var flags = binding is SctpBinding.Add ? UsrsctpNumbers.AddAddress : UsrsctpNumbers.RemoveAddress;
        fixed (byte* names = UsrsctpAddresses.Write(meant))
        {
            if (UsrsctpCalls.Bind(socket, names, meant.Length, flags) != 0)
                return binding is SctpBinding.Add ? Errors.OfBind(Errors.Last) : ResultCode.EEBADADDR;
        }

        LocalEndPoints = left;
        return ResultCode.EESUCCESS;
    }

    private static SctpOr<SctpAssociationId> Connect(nint socket, IReadOnlyList<IPEndPoint> peer)
    {
        fixed (byte* names = UsrsctpAddresses.Write(peer))
        {
            if (UsrsctpCalls.AssociationOf(socket, names) != 0) return ResultCode.EEISCONN;
            var association = 0;
            if (UsrsctpCalls.Connect(socket, names, peer.Count, &association) != 0
                && Errors.Last is not Errno.InProgress)
            {
                return UsrsctpErrors.OfConnect(Errors.Last);
            }

            // Of one that was refused before this call came back nothing is left to be asked for.
            if (association == 0) association = UsrsctpCalls.AssociationOf(socket, names);
            return association == 0
                ? ResultCode.EECONNECT
                : SctpOr<SctpAssociationId>.Of(new SctpAssociationId(association));
        }
    }

    // What a peel does not take along: being non-blocking in some versions, and the upcall.
    private UsrsctpSocket Branched(nint branch, SctpAssociationId association)
    {
        UsrsctpCalls.SetNonBlocking(branch, 1);
        var local = UsrsctpAddresses.OfLocal(branch, association.Value) ?? LocalEndPoints;
        var peers = UsrsctpAddresses.OfPeer(branch, association.Value) ?? [];
        var peeled = new UsrsctpSocket(_stack, _scheduler, SctpStyle.PeeledOff, branch, local, _events)
        {
            Association = association,
            RemoteEndPoint = peers.Count > 0 ? peers[0] : null,
        };
        _stack.Places.Add(peeled, local, peers);
        return peeled;
    }

    private SctpOr<T> Ask<T>(SctpAssociationId association, Func<UsrsctpSocket, nint, int, T?> question)
        where T : class
    {
        if (_isClosed || !_handle.TryEnter(out var socket)) return ResultCode.EEBADF;
        var isOne = Style is not SctpStyle.OneToMany;
        var answer = (isOne && _isOver) || (!isOne && StatusOf(socket, association.Value) is null)
            ? null
            : question(this, socket, isOne ? 0 : association.Value);
        _handle.Leave();
        if (answer is not null) return SctpOr<T>.Of(answer);
        return isOne ? ResultCode.EENOTCONN : ResultCode.EEINVAL;
    }

    // struct sctp_status. Null where there is no such association.
    private static SctpStatus? StatusOf(nint socket, int association)
    {
        const int Length = 176, Primary = 24;
        var value = stackalloc byte[Length];
        new Span<byte>(value, Length).Clear();
        *(int*)value = association;
        uint length = Length;
        if (UsrsctpCalls.GetOption(socket, UsrsctpNumbers.Protocol, UsrsctpNumbers.Status, value, &length) != 0)
            return null;
        var id = *(int*)value;
        return new SctpStatus(
            new SctpAssociationId(id),
            StateOf(*(int*)(value + 4)),
            *(uint*)(value + 8),
            *(ushort*)(value + 12),
            *(ushort*)(value + 14),
            *(ushort*)(value + 16),
            *(ushort*)(value + 18),
            *(uint*)(value + 20),
            SocketName.Read(new ReadOnlySpan<byte>(value + Primary, UsrsctpAddresses.Largest)) as IPEndPoint);
    }

    private static SctpState StateOf(int state) => state switch
    {
        0x02 => SctpState.CookieWait,
        0x04 => SctpState.CookieEchoed,
        0x08 => SctpState.Established,
        0x10 => SctpState.ShutdownSent,
        0x20 => SctpState.ShutdownReceived,
        0x40 => SctpState.ShutdownAckSent,
        0x80 => SctpState.ShutdownPending,
        _ => SctpState.Closed,
    };
}
