using System.Net;
using Handoff.Transport.Associations;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp.Endpoints;

// One association of an endpoint, as a socket of its own: whoever has it sees one association and no other. At first
// it is one virtually: what it brings comes through the endpoint's receives, and what it sends goes by the endpoint's
// socket. Once it is peeled off it has a socket indeed; what had come before comes first, and its user sees no change.
internal sealed partial class SharedAssociation : ISctpSocket
{
    private readonly SctpEndpoint _endpoint;
    private readonly Lock _gate = new();
    private readonly AssociationQueue _queue;
    private readonly Waiter<IoResult> _read;
    private readonly Waiter<IoResult> _write;
    private SctpEventKinds _events;
    private bool _isStopped;
    private bool _isPaused;
    private bool _isClosed;
    private bool _isOver; // its last event has been put into the queue
    private bool _hasLeft; // whoever reads is not on the endpoint's loop
    private volatile ISctpSocket? _own;

    public SharedAssociation(
        SctpEndpoint endpoint, SctpAssociationId id, IPEndPoint? peer, SctpEventKinds events, EndpointOptions options)
    {
        (_endpoint, Association, RemoteEndPoint, _events) = (endpoint, id, peer, events);
        _queue = new AssociationQueue(options.OfferMessages, options.OfferBuffer);
        _read = new Waiter<IoResult>(options.Scheduler);
        _write = new Waiter<IoResult>(options.Scheduler);
    }

    // Of what it is now: an association among many, or peeled off.
    public SctpStyle Style => _own?.Style ?? SctpStyle.OneToMany;

    public IReadOnlyList<IPEndPoint> LocalEndPoints => _own?.LocalEndPoints ?? _endpoint.Socket.LocalEndPoints;

    public IPEndPoint? RemoteEndPoint { get; }

    public SctpAssociationId Association { get; }

    public bool IsPeeledOff => _own is not null;

    public bool IsClosed
    {
        get
        {
            lock (_gate) return _isClosed;
        }
    }

    public bool HasRoom
    {
        get
        {
            lock (_gate) return _queue.HasRoom;
        }
    }

    public SctpEventKinds Events
    {
        get => _events;
        set
        {
            bool asks;
            lock (_gate)
            {
                asks = (value & ~_events & SctpEventKinds.SenderDry) != 0;
                _events = value;
                if (_own is { } own)
                {
                    own.Events = value;
                    return;
                }
            }

            _endpoint.Want(value, asks);
        }
    }

    public SctpReceived TryReceive(Span<byte> buffer)
    {
        if (buffer.IsEmpty) throw new ArgumentException("A receive needs a buffer.", nameof(buffer));
        SctpReceived received;
        bool isRoomy;
        lock (_gate)
        {
            if (_isClosed) return SctpReceived.Failed(ResultCode.EEBADF);
            if (_queue.IsEmpty)
            {
                if (_isOver) return SctpReceived.Failed(ResultCode.EENOTCONN);
                return _own?.TryReceive(buffer) ?? SctpReceived.Failed(ResultCode.EEWOULDBLOCK);
            }

            received = _queue.Take(buffer);
            isRoomy = _queue.HasRoom;
        }

        if (isRoomy) _endpoint.NoticeRoomOf(this);
        return received;
    }

    public ValueTask<IoResult> WaitReadableAsync()
    {
        lock (_gate)
        {
            if (Readiness() is { } now) return new ValueTask<IoResult>(now);
            if (_own is { } own) return _hasLeft ? own.WaitReadableAsync() : LeaveLoop();
            _read.Arm();
            return _read.Armed;
        }
    }

    public void StopWaiting()
    {
        var wakes = new AssociationWakes(this);
        lock (_gate)
        {
            _isStopped = true;
            wakes.Reader = WakeReader();
        }

        _own?.StopWaiting();
        wakes.Fire();
    }

    public IoResult TrySend(ReadOnlySpan<byte> message, in SctpSendInfo info, IPEndPoint? to = null)
    {
        lock (_gate)
        {
            if (_isClosed) return IoResult.Failed(ResultCode.EEBADF);
            if (_isOver) return IoResult.Failed(ResultCode.EENOTCONN);
        }

        var mine = info with { Association = Association };
        return _own?.TrySend(message, mine, to) ?? _endpoint.TrySend(this, message, mine, to);
    }

    public ValueTask<IoResult> WaitWritableAsync()
    {
        lock (_gate)
        {
            if (_isClosed) return new ValueTask<IoResult>(IoResult.Failed(ResultCode.EEBADF));
            if (_isOver) return new ValueTask<IoResult>(IoResult.Failed(ResultCode.EENOTCONN));
            if (_isPaused) return new ValueTask<IoResult>(IoResult.Failed(ResultCode.EEINTR));
            if (_own is { } own) return own.WaitWritableAsync();
            _write.Arm();
        }

        _endpoint.Room.Wait(this);
        return _write.Armed;
    }

    // There may be room for it.
    public void NoticeRoom(IoResult room)
    {
        var wakes = new AssociationWakes(this);
        lock (_gate) wakes.Writer = WakeWriter(room);
        wakes.Fire();
    }

    // Under the endpoint's gate, in order. False if it is full now.
    public bool Put(in SctpReceived what, ReadOnlySpan<byte> bytes, ref AssociationWakes wakes)
    {
        var isLast = what.Event?.IsLast() ?? false;
        lock (_gate)
        {
            if (_isClosed) return true;
            if (what.Event is null || isLast || _events.Tells(what.Event)) _queue.Add(what, bytes);
            _isOver |= isLast;
            wakes.Reader |= WakeReader();
            wakes.IsUrgent |= !_queue.HasRoom;
            wakes.Writer |= isLast && WakeWriter(IoResult.Failed(ResultCode.EENOTCONN));
            return !_queue.IsFull;
        }
    }

    // Under the endpoint's gate: it is on its own from here on, behind what has come.
    public void Branch(ISctpSocket own, ref AssociationWakes wakes)
    {
        lock (_gate)
        {
            own.Events = _events;
            if (_isStopped) own.StopWaiting();
            _own = own;
            wakes.Reader |= WakeReader();
            wakes.Writer |= WakeWriter(IoResult.Moved(0));
        }
    }

    public void FireReader() => _read.Fire();

    // On the endpoint's loop, which the reader leaves by waiting.
    public void ReadHere() => _read.Execute();

    public void FireWriter() => _write.Fire();

    private IoResult? Readiness() =>
        _isClosed ? IoResult.Failed(ResultCode.EEBADF)
        : _isStopped || _isPaused ? IoResult.Failed(ResultCode.EEINTR)
        : !_queue.IsEmpty || _isOver ? IoResult.Moved(0)
        : null;

    // A socket of its own may be readable without an end, and the loop is for all associations.
    private ValueTask<IoResult> LeaveLoop()
    {
        _hasLeft = true;
        _read.Arm();
        _read.Resolve(IoResult.Moved(0));
        _read.Fire();
        return _read.Armed;
    }

    // A wait for the endpoint to bring something ends when the socket is its own, too: the next one is for that.
    private bool WakeReader()
    {
        if (!_read.IsWaiting) return false;
        if ((Readiness() ?? (_own is null ? null : IoResult.Moved(0))) is not { } now) return false;
        _read.Resolve(now);
        return true;
    }

    private bool WakeWriter(IoResult result)
    {
        if (!_write.IsWaiting) return false;
        _write.Resolve(result);
        return true;
    }
}
