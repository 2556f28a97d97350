using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.Campaign.Tests.Parties;

// A socket that an owner holds, or has held, in one epoch.
internal sealed class Holding
{
    private readonly Crew _crew;
    private readonly IActorRef _owner;
    private readonly Acquired _acquired;
    private readonly Queue<long> _unconsumed = [];
    private readonly List<Received> _heldBack = [];
    private PeerFinished? _heldBackEnd;
    private LeaseLoop? _loop;
    private object? _waitsFor;
    private long _consumed;
    private bool _sawEnd;

    public Holding(Crew crew, IActorRef owner, Acquired acquired)
    {
        _crew = crew;
        _owner = owner;
        _acquired = acquired;
        _consumed = Delivered = acquired.Consumed;
        Position = acquired.Written;
        Book = crew.Ledger.BookOf(acquired.Facts);
        if (acquired.Lease is { } lease) Read(lease);
    }

    public SocketHandle Handle => _acquired.Handle;

    public Book Book { get; }

    public bool IsListener => _acquired.Facts.Kind is SocketKind.Listener;

    public bool IsByMessages => _loop is null && !IsListener;

    // A release, or a change of reading: what is received meanwhile is not looked at.
    public bool IsWaiting => _waitsFor is not null;

    public Release? Releasing => _waitsFor as Release;

    public Write? Writing { get; set; }

    // Where the next byte is written, by messages.
    public long Position { get; set; }

    public long Delivered { get; private set; }

    public long Consumed => _loop?.Consumed ?? _consumed;

    public bool SawEnd => !IsWaiting && (_loop?.SawEnd ?? _sawEnd);

    // Bytes that may be pushed back: those that this owner consumed.
    public int MostPushedBack => (int)Math.Min(Consumed - _acquired.Consumed, 256);

    public void GoOn()
    {
        if (!IsWaiting) _loop?.GoOn();
    }

    public void Drain()
    {
        GoOn();
        ConsumeAll();
        if (SawEnd) _loop?.Complete();
    }

    // The epoch is over: what the loop does next has to be refused.
    public void Over() => _loop?.GoOn();

    public void WaitFor(object command)
    {
        _waitsFor = command;
        _loop?.Hold();
    }

    // Nothing came of it: what was held back is good.
    public void GoOnAfterRefusal(object command)
    {
        if (!ReferenceEquals(command, _waitsFor)) return;
        _waitsFor = null;
        _loop?.Unhold();
        foreach (var received in _heldBack.ToArray()) OnReceived(received);
        _heldBack.Clear();
        if (_heldBackEnd is { } end) OnPeerFinished(end);
        _heldBackEnd = null;
    }

    // The same owner goes on, from the first byte that is not consumed.
    public void GoOnAfterRevert(Release release)
    {
        if (!ReferenceEquals(release, _waitsFor)) return;
        BeginAnew();
        _loop?.Unhold();
    }

    public void ReadByMessages(object command)
    {
        if (!ReferenceEquals(command, _waitsFor)) return;
        Position = _loop!.Written;
        _loop.GoOn();
        _loop = null;
        BeginAnew();
    }

    public void Read(SocketLease lease)
    {
        BeginAnew();
        _loop = new LeaseLoop(_crew, _owner, Book, lease);
        _crew.Loops.Add(_loop);
        _loop.Begin();
    }

    public void OnReceived(Received received)
    {
        Book.CheckBytes(_owner, received.Position, received.Bytes);
        if (IsWaiting)
        {
            _heldBack.Add(received);
            return;
        }

        if (received.Position != Delivered)
        {
            _crew.Ledger.Violate(
                $"{_owner.Path.Name} received byte {received.Position} where {Delivered} was due: {Book}");
        }

        Delivered = received.End;
        _unconsumed.Enqueue(received.End);
        if (_crew.IsFinishing) ConsumeAll();
        else if (!_crew.OneIn(3)) ConsumeOne();
    }

    public void OnPeerFinished(PeerFinished finished)
    {
        if (IsWaiting)
        {
            _heldBackEnd = finished;
            return;
        }

        Book.CheckEnd(finished.Position);
        _sawEnd = true;
        if (_crew.IsFinishing) ConsumeAll();
    }

    public void ConsumeOne()
    {
        if (!IsByMessages || IsWaiting || !_unconsumed.TryDequeue(out var end)) return;
        _consumed = end;
        Handle.Socket.Tell(new Consumed(Handle, end), _owner);
    }

    public void Write(int count, bool isFlushed) => _loop?.Write(count, isFlushed);

    private void ConsumeAll()
    {
        while (IsByMessages && !IsWaiting && _unconsumed.Count > 0) ConsumeOne();
    }

    private void BeginAnew()
    {
        _waitsFor = null;
        _heldBack.Clear();
        _heldBackEnd = null;
        _unconsumed.Clear();
        _sawEnd = false;
        _consumed = Delivered = Book.Consumed;
        if (_loop is not null) _loop.Consumed = Book.Consumed;
    }
}
