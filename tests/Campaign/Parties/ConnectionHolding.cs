using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.Campaign.Tests.Parties;

internal sealed class ConnectionHolding : Holding
{
    private readonly Queue<long> _unconsumed = [];
    private readonly List<Received> _heldBack = [];
    private PeerFinished? _heldBackEnd;
    private LeaseLoop? _loop;
    private long _first;
    private long _consumed;
    private long _delivered;
    private bool _sawEnd;

    public ConnectionHolding(Crew crew, IActorRef owner, Acquired acquired)
        : base(crew, owner, acquired)
    {
        _first = _consumed = _delivered = acquired.Consumed;
        Position = acquired.Written;
        if (acquired.Lease is { } lease) Read(lease);
    }

    public bool IsByMessages => _loop is null;

    public Write? Writing { get; set; }

    // Where the next byte is written, by messages.
    public long Position { get; set; }

    public override long Delivered => _delivered;

    public long Consumed => _loop?.Consumed ?? _consumed;

    public bool SawEnd => !IsWaiting && (_loop?.SawEnd ?? _sawEnd);

    // Bytes that may be pushed back: those that this owner consumed, and no splice moved.
    public int MostPushedBack => (int)Math.Min(Consumed - _first, 256);

    // Where it stands, if nothing is under way that moves it; null if something is.
    public SpliceBook.Place? Standing
    {
        get
        {
            var isQuiet = !IsWaiting && Writing is null && _loop is null or { IsWriting: false };
            var isCurrent = Owner.Equals(Book.Holder) && Book.Epoch == Handle.Epoch && Book.Splice is null;
            return isQuiet && isCurrent && Consumed == Book.Consumed
                ? new SpliceBook.Place(Book, Consumed, _loop?.Written ?? Position)
                : null;
        }
    }

    public override void GoOn()
    {
        if (!IsWaiting) _loop?.GoOn();
    }

    public override void Drain()
    {
        GoOn();
        ConsumeAll();
        if (SawEnd) _loop?.Complete();
    }

    public override void Over() => _loop?.GoOn();

    public void ReadByMessages(object command)
    {
        if (!ReferenceEquals(command, WaitsFor)) return;
        Position = _loop!.Written;
        _loop.GoOn();
        _loop = null;
        GoOnAnew();
    }

    public void Read(SocketLease lease)
    {
        _loop = new LeaseLoop(Crew, Owner, Book, lease);
        Crew.Loops.Add(_loop);
        GoOnAnew();
        _loop.Begin();
    }

    public void OnReceived(Received received)
    {
        Book.CheckBytes(Owner, received.Position, received.Bytes);
        if (IsWaiting)
        {
            _heldBack.Add(received);
            return;
        }

        if (received.Position != _delivered)
        {
            Crew.Ledger.Violate(
                $"{Owner.Path.Name} received byte {received.Position} where {_delivered} was due: {Book}");
        }

        _delivered = received.End;
        _unconsumed.Enqueue(received.End);
        if (Crew.IsFinishing) ConsumeAll();
        else if (!Crew.OneIn(3)) ConsumeOne();
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
        if (Crew.IsFinishing) ConsumeAll();
    }

    public override void ConsumeOne()
    {
        if (!IsByMessages || IsWaiting || !_unconsumed.TryDequeue(out var end)) return;
        _consumed = end;
        Handle.Socket.Tell(new Consumed(Handle, end), Owner);
    }

    public void Write(int count, bool isFlushed)
    {
        if (Splicing is null) _loop?.Write(count, isFlushed);
    }

    protected override void Hold() => _loop?.Hold();

    protected override void Unhold() => _loop?.Unhold();

    protected override void Replay()
    {
        Received[] heldBack = [.. _heldBack];
        _heldBack.Clear();
        foreach (var received in heldBack) OnReceived(received);
        if (_heldBackEnd is { } end) OnPeerFinished(end);
        _heldBackEnd = null;
    }

    protected override void BeginAnew()
    {
        _heldBack.Clear();
        _heldBackEnd = null;
        _unconsumed.Clear();
        _sawEnd = false;
        _consumed = _delivered = Book.Consumed;
        if (_loop is not null) _loop.Consumed = Book.Consumed;
    }

    protected override void Unspliced(Splice splice)
    {
        _first = Book.Consumed;
        Position = Crew.Ledger.SpliceOf(splice).WrittenOf(Book);
    }

    private void ConsumeAll()
    {
        while (IsByMessages && !IsWaiting && _unconsumed.Count > 0) ConsumeOne();
    }
}
