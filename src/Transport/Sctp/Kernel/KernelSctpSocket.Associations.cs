using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

internal sealed partial class KernelSctpSocket
{
    private readonly Lock _binding = new();

    public SocketResult Listen(int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(backlog);
        if (!_descriptor.TryEnter()) return SocketResult.Of(ResultCode.EEBADF);
        var code = Style switch
        {
            SctpStyle.PeeledOff => ResultCode.EEINVAL,
            SctpStyle.OneToOne => ResultCode.EEISCONN,
            _ => Opening.Listen(_descriptor.Number, backlog),
        };
        _descriptor.Leave();
        return SocketResult.Of(code);
    }

    public SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding)
    {
        lock (_binding)
        {
            if (!_descriptor.TryEnter()) return SocketResult.Of(ResultCode.EEBADF);
            var code = Rebind(addresses, binding);
            _descriptor.Leave();
            return SocketResult.Of(code);
        }
    }

    public SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer)
    {
        if (_descriptor.IsClosed) return ResultCode.EEBADF;
        if (Style is not SctpStyle.OneToMany) return ResultCode.EEISCONN;
        if (peer.Count == 0) return ResultCode.EENOADDR;
        if (SctpRules.Obstacle(peer) is not null || !peer.All(IsFit)) return ResultCode.EEBADADDR;
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        lock (_receiving)
        {
            var (association, error) = KernelCalls.Connect(_descriptor.Number, peer);
            _descriptor.Leave();
            if (error is not (Errno.None or Errno.InProgress)) return KernelSctpOpening.OfConnect(error);
            _causes.Begins(association);
            return SctpOr<SctpAssociationId>.Of(association);
        }
    }

    public SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags)
    {
        if (_descriptor.IsClosed) return ResultCode.EEBADF;
        if (SctpRules.Obstacle(Style, association, flags) is { } obstacle) return obstacle;
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        KernelSctpSocket? peeled = null;
        ResultCode code;
        lock (_receiving)
        {
            (var socket, code) = PeelOffSparing(association);
            if (socket is not null) peeled = Peeled(socket, association);
        }

        _descriptor.Leave();
        if (peeled is null) return code;

        // Who waits for room in that association is told that it is here no more when it tries again.
        _descriptor.ReportWritable();
        return peeled;
    }

    public SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association) =>
        Addresses(Numbers.PeerAddresses, association);

    public SctpOr<IReadOnlyList<IPEndPoint>> GetLocalAddresses(SctpAssociationId association)
    {
        if (Style is not SctpStyle.OneToMany || association != default)
            return Addresses(Numbers.LocalAddresses, association);
        return _descriptor.IsClosed ? ResultCode.EEBADF : SctpOr<IReadOnlyList<IPEndPoint>>.Of(_local);
    }

    public SctpOr<SctpStatus> GetStatus(SctpAssociationId association)
    {
        if (Obstacle() is { } obstacle) return obstacle;
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        var status = KernelCalls.Status(_descriptor.Number, Of(association));
        _descriptor.Leave();
        return status.IsSuccess ? status : Missing(status.Code);
    }

    private SctpOr<IReadOnlyList<IPEndPoint>> Addresses(int name, SctpAssociationId association)
    {
        if (Obstacle() is { } obstacle) return obstacle;
        if (!_descriptor.TryEnter()) return ResultCode.EEBADF;
        var addresses = KernelCalls.Addresses(_descriptor.Number, name, Of(association));
        _descriptor.Leave();
        return addresses.IsSuccess ? addresses : Missing(addresses.Code);
    }

    private SctpAssociationId Of(SctpAssociationId association) =>
        Style is SctpStyle.OneToMany ? association : Association;

    private ResultCode? Obstacle()
    {
        if (_descriptor.IsClosed) return ResultCode.EEBADF;
        return Style is SctpStyle.OneToMany || _phase is Phase.Live ? null : ResultCode.EENOTCONN;
    }

    // The only association of a socket is missing where it has ended.
    private ResultCode Missing(ResultCode code) =>
        code is ResultCode.EEINVAL && Style is not SctpStyle.OneToMany ? ResultCode.EENOTCONN : code;

    // What was peeled off cannot be put back, so that it is asked before whether there is a descriptor for it.
    private SocketOr<SocketDescriptor> PeelOffSparing(SctpAssociationId association)
    {
        var reserve = _backend.Engine.Reserve;
        lock (reserve.Gate)
        {
            return reserve.IsNext()
                ? ResultCode.EENOSOCKS
                : KernelCalls.PeelOff(_descriptor.Number, association);
        }
    }

    // Its options and what the kernel tells of it are those of this socket at this moment.
    private KernelSctpSocket Peeled(SocketDescriptor socket, SctpAssociationId association)
    {
        var number = socket.Take();
        var primary = KernelCalls.Status(number, association).Value?.Primary
            ?? SocketName.OfPeer(number) as IPEndPoint;
        var descriptor = _backend.Engine.Place(number, isShared: false);
        var peeled = new KernelSctpSocket(
            _backend, descriptor, SctpStyle.PeeledOff, association, _local, _wanted) { Primary = primary };
        _causes.Move(association, peeled._causes);
        return peeled;
    }

    private ResultCode Rebind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding)
    {
        if (Style is SctpStyle.PeeledOff || addresses.Count == 0) return ResultCode.EEINVAL;
        var port = _local[0].Port;
        if (addresses.Any(one => one.Port != 0 && one.Port != port)) return ResultCode.EEBADADDR;
        var meant = AddressList.At(addresses, port);
        IPEndPoint[] left = binding is SctpBinding.Add ? [.. _local.Union(meant)] : [.. _local.Except(meant)];
        if (left.Length == 0) return ResultCode.EEINVAL;
        if (binding is SctpBinding.Remove && meant.Except(_local).Any()) return ResultCode.EEBADADDR;
        if (binding is SctpBinding.Add) meant = [.. meant.Except(_local)];
        if (meant.Count == 0) return ResultCode.EESUCCESS;
        var error = KernelCalls.BindAlso(_descriptor.Number, meant, binding);
        if (error is not Errno.None) return KernelSctpOpening.OfBind(error);
        _local = left;
        return ResultCode.EESUCCESS;
    }
}
