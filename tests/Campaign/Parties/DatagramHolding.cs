using System.Net;
using Akka.Actor;
using Handoff.Campaign.Tests.Checking;
using Handoff.Messages;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Campaign.Tests.Parties;

// As with a connection, but that the unit is a letter.
internal sealed class DatagramHolding : Holding
{
    private readonly Queue<long> _unconsumed = [];
    private readonly List<Item> _heldBack = [];
    private readonly EndPoint? _peer;
    private LetterLoop? _loop;
    private SendTo? _sending;
    private long _sent;
    private long _delivered;

    public DatagramHolding(Crew crew, IActorRef owner, Acquired acquired)
        : base(crew, owner, acquired)
    {
        _delivered = acquired.Consumed;
        _sent = acquired.Written;
        _peer = acquired.Facts.Remote;
        crew.Ledger.Post.Receives(Book.Mail!.Port, _peer);
        if (acquired.Messages is { } lease) Read(lease);
    }

    public bool IsByMessages => _loop is null;

    public override long Delivered => _delivered;

    public override void GoOn()
    {
        if (!IsWaiting) _loop?.GoOn();
    }

    public override void Drain()
    {
        GoOn();
        ConsumeAll();
    }

    public override void Over() => _loop?.GoOn();

    public void ReadByMessages(object command)
    {
        if (!ReferenceEquals(command, WaitsFor)) return;
        _sent = _loop!.Sent;
        _loop.GoOn();
        _loop = null;
        GoOnAnew();
    }

    public void Read(MessageLease lease)
    {
        _loop = new LetterLoop(Crew, Owner, Book, lease, _peer);
        Crew.LetterLoops.Add(_loop);
        GoOnAnew();
        _loop.Begin();
    }

    public void OnReceived(ReceivedFrom received) =>
        On(new Item(received.Position, MessageKind.Data, received.Bytes, received.Facts));

    public void OnSendFailed(SendFailed failed) =>
        On(new Item(failed.Position, MessageKind.Failure, default, new MessageFacts { Address = failed.Address }));

    public override void ConsumeOne()
    {
        if (!IsByMessages || IsWaiting || !_unconsumed.TryDequeue(out var end)) return;
        Handle.Socket.Tell(new Consumed(Handle, end), Owner);
    }

    public void Send(int to, int length)
    {
        if (_loop is not null)
        {
            _loop.Send(to, length);
            return;
        }

        if (_sending is not null) return;
        var bytes = Crew.Ledger.Post.Write(Book.Mail!.Port, _peer is null ? to : Ports.Of(_peer), length);
        _sending = new SendTo(Handle, bytes, _peer is null ? Ports.At(to) : null);
        Crew.Ask(Handle, _sending, Owner);
    }

    public void OnSent(Sent sent)
    {
        if (!ReferenceEquals(sent.Command, _sending)) return;
        _sending = null;
        if (sent.Position != _sent + 1)
            Crew.Ledger.Violate($"{Owner.Path.Name} sent letter {_sent + 1} and is told {sent.Position}: {Book}");
        _sent = sent.Position;
    }

    public void OnRefused(SendTo refused)
    {
        if (ReferenceEquals(refused, _sending)) _sending = null;
    }

    protected override void Hold() => _loop?.Hold();

    protected override void Unhold() => _loop?.Unhold();

    protected override void Replay()
    {
        Item[] heldBack = [.. _heldBack];
        _heldBack.Clear();
        foreach (var item in heldBack) On(item);
    }

    protected override void BeginAnew()
    {
        _heldBack.Clear();
        _unconsumed.Clear();
        _delivered = Book.Consumed;
    }

    private void On(Item item)
    {
        Book.CheckLetter(Owner, item.Position, item.Kind, item.Bytes.Span, item.Facts);
        if (IsWaiting)
        {
            _heldBack.Add(item);
            return;
        }

        if (item.Position != _delivered)
            Crew.Ledger.Violate($"{Owner.Path.Name} received {item.Position} where {_delivered} was due: {Book}");
        _delivered = item.Position + 1;
        _unconsumed.Enqueue(_delivered);
        if (Crew.IsFinishing) ConsumeAll();
        else if (!Crew.OneIn(3)) ConsumeOne();
    }

    private void ConsumeAll()
    {
        while (IsByMessages && !IsWaiting && _unconsumed.Count > 0) ConsumeOne();
    }

    private readonly record struct Item(
        long Position, MessageKind Kind, ReadOnlyMemory<byte> Bytes, MessageFacts Facts);
}
