using System.Net;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// One end of an association, whichever socket has it. Called under the gate.
internal sealed class AssociationEnd
{
    private const ushort UserInitiatedAbort = 12; // RFC 9260, 3.3.10.12

    private readonly NetworkCore _core;
    private readonly SctpPlace _place;
    private readonly Queue<SctpSignal> _held = new();
    private readonly Queue<SctpSignalKind> _early = new();
    private TimeSpan _lastUse;
    private bool _endsWhenUp;

    public AssociationEnd(
        NetworkCore core, SctpPlace place, SimulatedSctpSocket socket, IReadOnlyList<IPEndPoint> peers)
    {
        (_core, _place, Socket, Peers) = (core, place, socket, [.. peers]);
        Id = new SctpAssociationId((int)core.NextNumber());
        Primary = peers[0];
        Settings = socket.Settings.Copy();
        Outbox = new SctpOutbox(core, this);
        Local = place.AddressesFor(peers[0]);
        place.Ends.Add(this);
    }

    public SctpAssociationId Id { get; }

    public SctpPlace Place => _place;

    public SctpSettings Settings { get; }

    public SctpOutbox Outbox { get; }

    public IReadOnlyList<IPEndPoint> Local { get; }

    public List<IPEndPoint> Peers { get; }

    public IPEndPoint Primary { get; private set; }

    // Null once it was closed and only what was sent goes out.
    public SimulatedSctpSocket? Socket { get; set; }

    // Null until the two know of each other.
    public AssociationEnd? Peer { get; set; }

    public SctpState State { get; set; } = SctpState.CookieWait;

    public ushort OutboundStreams { get; private set; }

    public ushort InboundStreams { get; private set; }

    public bool IsOver { get; private set; }

    public bool CanSend =>
        !IsOver && !_endsWhenUp
        && State is SctpState.CookieWait or SctpState.CookieEchoed or SctpState.Established;

    public int PartialDeliveryPoint => Settings[SctpOptionKind.PartialDeliveryPoint];

    // Whether what it sends may arrive.
    public bool Flows => !IsOver && !IsCut && IsUp && Peer is { IsUp: true };

    public bool IsUp => State is not (SctpState.CookieWait or SctpState.CookieEchoed);

    public bool IsCut => Peers.TrueForAll(_place.Network.IsDown) || Local.All(_place.Network.IsDown);

    public bool HasRoomFor(int bytes) => Socket is not { } socket || socket.Inbox.HasRoomFor(bytes);

    public void Up(AssociationEnd peer, bool isAgain, ref Wakes wakes)
    {
        Peer = peer;
        foreach (var address in peer.Local.Where(address => !Peers.Contains(address))) Peers.Add(address);
        OutboundStreams = Streams(Settings, peer.Settings);
        InboundStreams = Streams(peer.Settings, Settings);
        State = SctpState.Established;
        Tell(isAgain
            ? new SctpRestarted(Id, OutboundStreams, InboundStreams)
            : new SctpUp(Id, OutboundStreams, InboundStreams), ref wakes);
        if (peer.Settings[SctpOptionKind.Adaptation] is var number and not 0)
            Tell(new SctpAdaptation(Id, (uint)number), ref wakes);
        Used();
        if (!isAgain && Settings[SctpOptionKind.AutoClose] > 0) _core.Agenda.Add(new IdleWatch(this), IdleSince);
        if (_endsWhenUp) Finish(ref wakes);
        while (_early.TryDequeue(out var kind)) Hear(kind, ref wakes);
        Outbox.Pump(ref wakes);
        peer.Outbox.Pump(ref wakes);
    }

    // It does not come up.
    public void CannotStart(ResultCode code, ref Wakes wakes) => End(new SctpCannotStart(Id, code), ref wakes);

    public void Arrived(SctpLetter letter, int count, ref Wakes wakes)
    {
        Used();
        var piece = letter.Left[..count];
        letter.Left = letter.Left[count..];
        _core.Note(null, NetworkEventKind.Arrived, atClient: false, count);
        Socket?.Add(new SctpItem(this, Primary)
        {
            Message = letter.Message,
            Bytes = piece,
            IsEndOfMessage = letter.Left.IsEmpty,
            Info = new SctpReceiveInfo(
                Id,
                letter.Info.Stream,
                letter.Sequence,
                letter.Info.PayloadProtocol,
                letter.Transmission,
                letter.IsUnordered ? letter.Transmission : 0,
                (uint)Settings[SctpOptionKind.Context],
                letter.IsUnordered),
        }, ref wakes);
    }

    public ResultCode Send(ReadOnlySpan<byte> message, in SctpSendInfo info, ref Wakes wakes)
    {
        if (!CanSend) return ResultCode.EENOTCONN;
        if (info.Flags.HasFlag(SctpSendFlags.Abort)) return Abort(ref wakes);
        if (info.Flags.HasFlag(SctpSendFlags.EndAssociation)) return Finish(ref wakes);
        if (State is SctpState.Established && info.Stream >= OutboundStreams) return ResultCode.EEINVAL;
        if (State is not SctpState.Established && info.Stream >= Settings[SctpOptionKind.OutboundStreams])
            return ResultCode.EEINVAL;
        Used();
        return Outbox.Post(message, info, ref wakes);
    }

    public ResultCode Abort(ref Wakes wakes)
    {
        if (Peer is not null && !IsCut) Post(SctpSignalKind.Abort, ref wakes);
        End(Failed(ResultCode.EEABORTED, ResultCode.EEABORTED), ref wakes);
        return ResultCode.EESUCCESS;
    }

    // Graceful: what was sent goes first (RFC 9260, 9.2).
    public ResultCode Finish(ref Wakes wakes)
    {
        _endsWhenUp = !IsUp;
        if (State is not SctpState.Established) return ResultCode.EESUCCESS;
        State = SctpState.ShutdownPending;
        if (Outbox.IsEmpty) Drained(ref wakes);
        return ResultCode.EESUCCESS;
    }

    // All that was sent has arrived.
    public void Drained(ref Wakes wakes)
    {
        Tell(new SctpSenderDry(Id), ref wakes);
        if (State is SctpState.ShutdownPending)
        {
            State = SctpState.ShutdownSent;
            Post(SctpSignalKind.Shutdown, ref wakes);
        }
        else if (State is SctpState.ShutdownReceived)
        {
            State = SctpState.ShutdownAckSent;
            Post(SctpSignalKind.ShutdownAck, ref wakes);
        }
    }

    public void Hear(SctpSignalKind kind, ref Wakes wakes)
    {
        if (IsOver) return;
        switch (kind)
        {
            case not SctpSignalKind.Abort when !IsUp:
                _early.Enqueue(kind);
                break;
            case SctpSignalKind.Shutdown when State is SctpState.ShutdownSent:
                Post(SctpSignalKind.ShutdownAck, ref wakes);
                break;
            case SctpSignalKind.Shutdown:
                Tell(new SctpPeerShutdown(Id), ref wakes);
                State = SctpState.ShutdownReceived;
                if (Outbox.IsEmpty) Drained(ref wakes);
                break;
            case SctpSignalKind.ShutdownAck:
                Post(SctpSignalKind.ShutdownComplete, ref wakes);
                End(new SctpShutdownComplete(Id), ref wakes);
                break;
            case SctpSignalKind.ShutdownComplete:
                End(new SctpShutdownComplete(Id), ref wakes);
                break;
            default:
                End(Failed(ResultCode.EERESET, ResultCode.EECONNREFUSED), ref wakes);
                break;
        }
    }

    // What was held back while no address could be reached; or the end of waiting for that.
    public void Reached(IPEndPoint address, bool isUp, ref Wakes wakes)
    {
        if (Peers.Contains(address))
        {
            var state = isUp ? SctpAddressState.Available : SctpAddressState.Unreachable;
            Tell(new SctpAddressChanged(Id, address, state), ref wakes);
            if (Peers.Find(peer => !_place.Network.IsDown(peer)) is { } other && _place.Network.IsDown(Primary))
                Primary = other;
        }

        if (IsCut && _core.Options.GiveUpAfter is { } bound)
            _core.Agenda.Add(new LossWatch(this), _core.Agenda.Now + bound);
        while (!IsCut && _held.TryDequeue(out var signal)) signal.Send(ref wakes);
        Outbox.Pump(ref wakes);
    }

    public void NoticeRoom(ref Wakes wakes) => Socket?.NoticeRoom(ref wakes);

    public void Tell(SctpEvent what, ref Wakes wakes) => Socket?.Tell(this, what, ref wakes);

    // The peer began anew: what was under way is gone.
    public void Restart(AssociationEnd peer, ref Wakes wakes)
    {
        _held.Clear();
        Outbox.GiveUp(wasSent: true, ref wakes);
        Up(peer, isAgain: true, ref wakes);
    }

    private TimeSpan IdleSince => _lastUse + TimeSpan.FromSeconds(Settings[SctpOptionKind.AutoClose]);

    private void Used() => _lastUse = _core.Agenda.Now;

    private void Post(SctpSignalKind kind, ref Wakes wakes)
    {
        var signal = new SctpSignal(_core, Outbox.Latency, Peer!, kind);
        if (IsCut) _held.Enqueue(signal);
        else signal.Send(ref wakes);
    }

    private void End(SctpEvent what, ref Wakes wakes)
    {
        if (IsOver) return;
        var wasSent = IsUp;
        IsOver = true;
        State = SctpState.Closed;
        Outbox.GiveUp(wasSent, ref wakes);
        if (Socket?.Inbox.PartialOf(this) is { } piece)
            Socket.Add(Of(new SctpPartialDeliveryAborted(Id, piece.Info.Stream)), ref wakes);
        Tell(what, ref wakes);
        _place.Remove(this);
        Socket?.Ended(this, ref wakes);
    }

    private SctpEvent Failed(ResultCode whenUp, ResultCode before) =>
        IsUp ? new SctpLost(Id, whenUp, UserInitiatedAbort) : new SctpCannotStart(Id, before);

    private SctpItem Of(SctpEvent what) => new(this, Primary) { Event = what };

    private static ushort Streams(SctpSettings from, SctpSettings to) => (ushort)Math.Min(
        from[SctpOptionKind.OutboundStreams], to[SctpOptionKind.MaxInboundStreams]);

    private sealed class IdleWatch(AssociationEnd end) : IDue
    {
        public void Come(ref Wakes wakes)
        {
            if (end.State is not SctpState.Established) return;
            if (end.IdleSince > end._core.Agenda.Now) end._core.Agenda.Add(this, end.IdleSince);
            else end.Finish(ref wakes);
        }
    }

    private sealed class LossWatch(AssociationEnd end) : IDue
    {
        public void Come(ref Wakes wakes)
        {
            if (end.IsCut) end.End(new SctpLost(end.Id, ResultCode.EETIMEDOUT, 0), ref wakes);
        }
    }
}
