using System.Net;
using Handoff.Transport;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp;

namespace Handoff.TestKit.Simulation.Sctp;

// A socket of any style. Everything happens under the network's gate.
internal sealed partial class SimulatedSctpSocket : ISctpSocket, ISctpBound
{
    private readonly NetworkCore _core;
    private readonly SimulatedSctp _network;
    private readonly Dictionary<SctpAssociationId, AssociationEnd> _ends = [];
    private readonly Call<IoResult> _read;
    private readonly Call<IoResult> _write;
    private SctpPlace _place = null!; // from Bound, or Adopt, on
    private AssociationEnd? _only;
    private SimulatedSctpConnect? _connect;
    private SctpEventKinds _events;
    private bool _listens;
    private bool _tellsNext;
    private bool _isFull;
    private bool _isUnwanted;
    private bool _isWaitStopped;
    private bool _isClosed;

    public SimulatedSctpSocket(NetworkCore core, SimulatedSctp network, SctpStyle style, SctpEventKinds events)
    {
        (_core, _network, Style, _events) = (core, network, style, events);
        _read = new Call<IoResult>(core.Options.Scheduler);
        _write = new Call<IoResult>(core.Options.Scheduler);
        Inbox = new SctpInbox(core.Options.ReceiveWindow, () => Settings[SctpOptionKind.FragmentInterleave]);
    }

    public SctpStyle Style { get; }

    public SctpInbox Inbox { get; }

    public SctpSettings Settings { get; private set; } = new();

    public IReadOnlyList<IPEndPoint> LocalEndPoints
    {
        get
        {
            lock (_core.Gate) return _only?.Local ?? _place.Addresses;
        }
    }

    public IPEndPoint? RemoteEndPoint
    {
        get
        {
            lock (_core.Gate) return _only?.Primary;
        }
    }

    public SctpAssociationId Association => _only?.Id ?? default;

    public SctpEventKinds Events
    {
        get
        {
            lock (_core.Gate) return _events;
        }
        set
        {
            var wakes = default(Wakes);
            lock (_core.Gate)
            {
                // Who asks whether all has arrived is answered at once where it has (RFC 6458, 6.1.9).
                var asks = !_events.HasFlag(SctpEventKinds.SenderDry) && value.HasFlag(SctpEventKinds.SenderDry);
                _events = value;
                foreach (var end in _ends.Values.Where(end => asks && end.IsUp && end.Outbox.IsEmpty))
                    Tell(end, new SctpSenderDry(end.Id), ref wakes);
            }

            wakes.Fire();
        }
    }

    public bool Takes => _listens && !_isClosed;

    public SctpReceived TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        var wakes = default(Wakes);
        SctpReceived received;
        lock (_core.Gate)
        {
            if (_isClosed) return SctpReceived.Failed(ResultCode.EEBADF);
            if (Inbox.First is not { } oldest)
                return SctpReceived.Failed(_only is { IsOver: true } ? ResultCode.EENOTCONN : ResultCode.EEWOULDBLOCK);
            received = Receive(oldest, buffer);
            PumpPeers(ref wakes);
        }

        wakes.Fire();
        return received;
    }

    public ValueTask<IoResult> WaitReadableAsync()
    {
        lock (_core.Gate)
        {
            if (Readiness() is { } now) return new(now);
            _read.Arm();
            return _read.Armed;
        }
    }

    public void StopWaiting()
    {
        var wakes = default(Wakes);
        lock (_core.Gate)
        {
            _isWaitStopped = true;
            Notice(ref wakes);
        }

        wakes.Fire();
    }

    // Under the gate.
    public void Tell(AssociationEnd end, SctpEvent what, ref Wakes wakes)
    {
        if (_events.Tells(what)) Add(new SctpItem(end, end.Primary) { Event = what }, ref wakes);
        if (_connect is not { } connect || !connect.Heard(what, ref wakes)) return;
        _connect = null;
        _isUnwanted = what is not SctpUp;
    }

    // Under the gate.
    public void Add(SctpItem item, ref Wakes wakes)
    {
        Inbox.Add(item);
        Notice(ref wakes);
    }

    // Under the gate.
    public void Ended(AssociationEnd end, ref Wakes wakes)
    {
        _ends.Remove(end.Id);
        NoticeRoom(ref wakes);
        Notice(ref wakes);
        if (_isUnwanted) CloseHere(isAbort: false, ref wakes); // a connect failed, and nobody has the socket
    }

    // Under the gate.
    public void GiveUpConnecting(ref Wakes wakes)
    {
        _connect = null;
        CloseHere(isAbort: true, ref wakes);
    }

    // Under the gate.
    public void CloseHere(bool isAbort, ref Wakes wakes)
    {
        if (_isClosed) return;
        _isClosed = true;
        foreach (var end in _ends.Values.ToArray())
        {
            end.Socket = null;
            if (isAbort || Inbox.CountOf(end) > 0) end.Abort(ref wakes);
            else end.Finish(ref wakes);
            end.Peer?.Outbox.Pump(ref wakes); // what waited for room is dropped
        }

        _ends.Clear();
        if (_place.Taker == this) _place.Close();
        _core.Closed();
        Notice(ref wakes);
        NoticeRoom(ref wakes);
    }

    public void Abort() => Close(isAbort: true);

    public void Dispose() => Close(isAbort: false);

    private void Close(bool isAbort)
    {
        var wakes = default(Wakes);
        lock (_core.Gate) CloseHere(isAbort, ref wakes);
        wakes.Fire();
    }

    private SctpReceived Receive(SctpItem oldest, Span<byte> buffer)
    {
        if (oldest.Event is { } what)
        {
            Inbox.Take(0);
            return SctpReceived.Of(what, oldest.Sender);
        }

        var count = Math.Min(buffer.Length, oldest.Bytes.Length);
        oldest.Bytes.Span[..count].CopyTo(buffer);
        var isWhole = count == oldest.Bytes.Length;
        Inbox.Take(count);
        return new SctpReceived(ResultCode.EESUCCESS, count, isWhole && oldest.IsEndOfMessage)
        {
            Info = oldest.Info,
            Sender = oldest.Sender,
            Next = _tellsNext && Inbox.First is { } next ? Describe(next) : null,
        };
    }

    private static SctpNextInfo Describe(SctpItem next) => new(
        next.End.Id,
        next.Info.Stream,
        next.Info.PayloadProtocol,
        next.Bytes.Length,
        next.Info.IsUnordered,
        next.IsEndOfMessage,
        next.Event is not null);

    // What found no room before may find it now.
    private void PumpPeers(ref Wakes wakes)
    {
        if (_only is { } only) only.Peer?.Outbox.Pump(ref wakes);
        else foreach (var end in _ends.Values.ToArray()) end.Peer?.Outbox.Pump(ref wakes);
    }

    private IoResult? Readiness() =>
        _isClosed ? IoResult.Failed(ResultCode.EEBADF)
        : _isWaitStopped ? IoResult.Failed(ResultCode.EEINTR)
        : !Inbox.IsEmpty || _only is { IsOver: true } ? IoResult.Moved(0)
        : null;

    private void Notice(ref Wakes wakes)
    {
        if (_read.IsWaiting && Readiness() is { } now) _read.End(now, ref wakes);
    }
}
