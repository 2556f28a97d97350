using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Sockets;

namespace Handoff.Campaign.Tests.Checking;

// One splice: where each of the two connections stood when it was asked for, and how much it moved. Its owner is told,
// but whoever goes on with one of the two may know it earlier, by where it begins.
internal sealed class SpliceBook
{
    private readonly Ledger _ledger;
    private readonly Splice _splice;
    private readonly IActorRef _owner;
    private readonly Place _near;
    private readonly Place _far;
    private readonly SplicedPart _there;
    private readonly SplicedPart? _back;
    private (long There, long Back)? _moved;
    private int _ends;

    public SpliceBook(Ledger ledger, Splice splice, IActorRef owner, Place near, Place far)
    {
        (_ledger, _splice, _owner, _near, _far) = (ledger, splice, owner, near, far);
        _there = far.Line.Splice(far.Written, near.Line, near.Consumed);
        if (splice.BothWays) _back = near.Line.Splice(near.Written, far.Line, far.Consumed);
        near.Book.Splice = far.Book.Splice = this;
    }

    public bool IsConfirmed { get; set; }

    // What comes from one side has nowhere to go, or the other side never ends: the owner has no part in it.
    public bool IsStuck => _near.Line is { IsBroken: true } or { HasPeer: false }
        || _far.Line is { IsBroken: true } or { HasPeer: false };

    // Whoever is told that a connection has ended was told of the splice's end before.
    public bool IsOwed(IActorRef owner) => IsConfirmed && _ends == 0 && _owner.Equals(owner);

    public long ConsumedOf(Book book) =>
        book == _near.Book ? _near.Consumed + (_moved?.There ?? 0) : _far.Consumed + (_moved?.Back ?? 0);

    public long WrittenOf(Book book) =>
        book == _near.Book ? _near.Written + (_moved?.Back ?? 0) : _far.Written + (_moved?.There ?? 0);

    // It is over: so far one of the two has come.
    public void Found(Book book, long consumed, long written)
    {
        var (there, back) = book == _near.Book
            ? (consumed - _near.Consumed, written - _near.Written)
            : (written - _far.Written, consumed - _far.Consumed);
        Over(there, back);
    }

    public void Refused()
    {
        if (IsConfirmed) _ledger.Violate($"{this} was confirmed and refused");
        Over(0, 0);
    }

    public void Ended(SpliceEnded ended)
    {
        if (!IsConfirmed) _ledger.Violate($"{this} ended {ended.Why}, but nobody said that it began");
        if (++_ends > 1) _ledger.Violate($"{_owner.Path.Name} was told twice that {this} ended");
        Over(ended.There, ended.Back);
        if (ended.Why is SpliceEnd.Limit && ended.There != _splice.Limit && ended.Back != _splice.LimitBack)
            _ledger.Violate($"{this} ended at its limit, after {ended.There} and {ended.Back} bytes");
        if (ended.Why is not SpliceEnd.Finished) return;
        CheckFinished(_near, _near.Consumed + ended.There);
        if (_splice.BothWays) CheckFinished(_far, _far.Consumed + ended.Back);
    }

    public void CheckEnd(Func<IActorRef, bool> isDead)
    {
        if (IsConfirmed && _ends == 0 && !isDead(_owner))
            _ledger.Violate($"{_owner.Path.Name} was not told that {this} ended");
    }

    public override string ToString() => $"the splice of sockets {_near.Book.Id} and {_far.Book.Id}";

    private void CheckFinished(Place from, long moved)
    {
        if (from.Line is { IsBroken: false } line && !(line.PeerFinished && moved == line.PeerSent))
            _ledger.Violate($"{this} finished after byte {moved}, but {line.PeerSent} were sent to {from.Book}");
    }

    private void Over(long there, long back)
    {
        if (_moved is { } before)
        {
            if (before != (there, back))
                _ledger.Violate($"{this} moved {(there, back)} bytes, but {before} are gone");
            return;
        }

        if (there < 0 || back < 0 || there > _splice.Limit || back > _splice.LimitBack || (back > 0 && _back is null))
            _ledger.Violate($"{this} moved {there} and {back} bytes");
        _moved = (there, back);
        _there.Close(there);
        _back?.Close(back);
        Leave(_near.Book);
        Leave(_far.Book);
    }

    private void Leave(Book book)
    {
        if (book.Splice == this) book.Splice = null;
        book.Consume(ConsumedOf(book));
        book.Written = Math.Max(book.Written, WrittenOf(book));
    }

    // A connection, and the bytes that were consumed and written when the splice was asked for.
    internal sealed record Place(Book Book, long Consumed, long Written)
    {
        public Line Line => Book.Line!;
    }
}
