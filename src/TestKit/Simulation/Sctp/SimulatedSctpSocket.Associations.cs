using System.Net;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// Which associations it has, and what is known of them.
internal sealed partial class SimulatedSctpSocket
{
    // Under the gate.
    public void Bound(SctpPlace place, SctpSocketOptions options) => (_place, _tellsNext) = (place, options.TellsNext);

    // Under the gate: with the options of its listener.
    public void Begin(SctpSettings settings) => Settings = settings.Copy();

    // Under the gate: its one association.
    public void Adopt(AssociationEnd end, bool tellsNext)
    {
        (_place, _only, _tellsNext, Settings) = (end.Place, end, tellsNext, end.Settings);
        end.Socket = this;
        _ends.Add(end.Id, end);
    }

    // Under the gate.
    public ValueTask<SocketOr<ISctpSocket>> ConnectAsync(
        IReadOnlyList<IPEndPoint> peer,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken,
        ref Wakes wakes)
    {
        Adopt(new AssociationEnd(_core, _place, this, peer), _tellsNext);
        _connect = new SimulatedSctpConnect(this, _core);
        var result = _connect.Wait(timeout, timeProvider, cancellationToken);
        _network.Begin(_only!, ref wakes);
        return result;
    }

    public SocketResult Listen(int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(backlog);
        lock (_core.Gate)
        {
            if (_isClosed) return SocketResult.Of(ResultCode.EEBADF);
            if (Style is SctpStyle.PeeledOff) return SocketResult.Of(ResultCode.EEINVAL);
            if (Style is SctpStyle.OneToOne) return SocketResult.Of(ResultCode.EEISCONN);
            _listens = backlog > 0;
            return SocketResult.Success;
        }
    }

    public AssociationEnd? Take(AssociationEnd caller)
    {
        var end = new AssociationEnd(_core, _place, this, caller.Local);
        _ends.Add(end.Id, end);
        return end;
    }

    public void TookUp(AssociationEnd end, ref Wakes wakes)
    {
    }

    public SocketResult Bind(IReadOnlyList<IPEndPoint> addresses, SctpBinding binding)
    {
        lock (_core.Gate)
        {
            if (_isClosed) return SocketResult.Of(ResultCode.EEBADF);
            if (Style is SctpStyle.PeeledOff || addresses.Count == 0) return SocketResult.Of(ResultCode.EEINVAL);
            var port = _place.Addresses[0].Port;
            if (addresses.Any(one => one.Port != 0 && one.Port != port)) return SocketResult.Of(ResultCode.EEBADADDR);
            IPEndPoint[] meant = [.. addresses.Select(one => new IPEndPoint(one.Address, port))];
            IPEndPoint[] left = binding is SctpBinding.Add
                ? [.. _place.Addresses.Union(meant)]
                : [.. _place.Addresses.Except(meant)];
            if (left.Length == 0) return SocketResult.Of(ResultCode.EEINVAL);
            if (binding is SctpBinding.Remove && meant.Except(_place.Addresses).Any())
                return SocketResult.Of(ResultCode.EEBADADDR);
            if (binding is SctpBinding.Add && meant.Any(one => _network.IsTaken(one, _place)))
                return SocketResult.Of(ResultCode.EEADDRINUSE);
            _place.Addresses = left;
            return SocketResult.Success;
        }
    }

    public SctpOr<SctpAssociationId> Connect(IReadOnlyList<IPEndPoint> peer)
    {
        var wakes = default(Wakes);
        AssociationEnd end;
        lock (_core.Gate)
        {
            if (_isClosed) return ResultCode.EEBADF;
            if (Style is not SctpStyle.OneToMany) return ResultCode.EEISCONN;
            if (peer.Count == 0) return ResultCode.EENOADDR;
            if (SctpRules.Obstacle(peer) is not null || !peer.All(IsFit)) return ResultCode.EEBADADDR;
            if (peer.Any(address => _place.With(address) is not null)) return ResultCode.EEISCONN;
            end = new AssociationEnd(_core, _place, this, peer);
            _ends.Add(end.Id, end);
            _network.Begin(end, ref wakes);
        }

        wakes.Fire();
        return SctpOr<SctpAssociationId>.Of(end.Id);
    }

    public SocketOr<ISctpSocket> PeelOff(SctpAssociationId association, SctpPeelFlags flags)
    {
        var wakes = default(Wakes);
        SimulatedSctpSocket peeled;
        lock (_core.Gate)
        {
            if (_isClosed) return ResultCode.EEBADF;
            if (SctpRules.Obstacle(Style, association, flags) is { } obstacle) return obstacle;
            if (!_ends.TryGetValue(association, out var end)) return ResultCode.EEINVAL;
            if (!_core.HasSocketsLeft) return ResultCode.EENOSOCKS;
            peeled = new SimulatedSctpSocket(_core, _network, SctpStyle.PeeledOff, _events);
            peeled.Adopt(end, _tellsNext);
            Inbox.MoveTo(peeled.Inbox, end);
            _ends.Remove(association);
            _core.Opened();
            NoticeRoom(ref wakes); // who waited to send to it is told when it tries again
            Notice(ref wakes);
            PumpPeers(ref wakes);
            peeled.PumpPeers(ref wakes);
        }

        wakes.Fire();
        return peeled;
    }

    public SctpOr<IReadOnlyList<IPEndPoint>> GetPeerAddresses(SctpAssociationId association)
    {
        lock (_core.Gate)
        {
            var code = Named(association, out var end);
            return end is null ? code : SctpOr<IReadOnlyList<IPEndPoint>>.Of([.. end.Peers]);
        }
    }

    public SctpOr<IReadOnlyList<IPEndPoint>> GetLocalAddresses(SctpAssociationId association)
    {
        lock (_core.Gate)
        {
            if (!_isClosed && _only is null && association == default)
                return SctpOr<IReadOnlyList<IPEndPoint>>.Of(_place.Addresses);
            var code = Named(association, out var end);
            return end is null ? code : SctpOr<IReadOnlyList<IPEndPoint>>.Of(end.Local);
        }
    }

    public SctpOr<SctpStatus> GetStatus(SctpAssociationId association)
    {
        lock (_core.Gate)
        {
            var code = Named(association, out var end);
            return end is null ? code : SctpOr<SctpStatus>.Of(new SctpStatus(
                end.Id,
                end.State,
                (uint)_core.Options.ReceiveWindow,
                end.Outbox.Count,
                Inbox.CountOf(end),
                end.InboundStreams,
                end.OutboundStreams,
                (uint)end.Settings[SctpOptionKind.MaxSegment],
                end.Primary));
        }
    }

    public SocketResult SetOption(SctpAssociationId association, SctpOption option)
    {
        lock (_core.Gate)
        {
            if (_isClosed) return SocketResult.Of(ResultCode.EEBADF);
            if (association == default || _only is not null) return Settings.Set(Style, option);
            var code = Named(association, out var end);
            return end is null ? SocketResult.Of(code) : end.Settings.Set(Style, option);
        }
    }

    public SctpOr<int> GetOption(SctpAssociationId association, SctpOptionKind kind)
    {
        lock (_core.Gate)
        {
            if (_isClosed) return ResultCode.EEBADF;
            if (association == default || _only is not null) return Settings.Get(Style, kind);
            var code = Named(association, out var end);
            return end is null ? code : end.Settings.Get(Style, kind);
        }
    }

    private ResultCode Named(SctpAssociationId association, out AssociationEnd? end)
    {
        end = null;
        if (_isClosed) return ResultCode.EEBADF;
        if (_only is { IsOver: true }) return ResultCode.EENOTCONN;
        end = _only;
        return end is not null || _ends.TryGetValue(association, out end) ? ResultCode.EESUCCESS : ResultCode.EEINVAL;
    }
}
