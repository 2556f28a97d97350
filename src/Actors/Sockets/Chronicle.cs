using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// Who had one socket, when and why. A socket whose custody never changed keeps the time of its birth and no more; the
// ring is made by the first change. Times are ticks, UTC.
internal struct Chronicle
{
    private long _since;
    private Ring? _ring;

    // The owner's period began; 0 before the first.
    public readonly long Since => _since;

    // Before is null at the socket's birth. How an offer ended that ended with it; None if there was none.
    public OfferOutcome Note(State? before, State after, Actions<IActorRef> actions, OfferDeadline clock, int most)
    {
        if (Entry.Of(before, after, actions) is not { } change) return OfferOutcome.None;
        var entry = change with { At = clock.Now };
        if (most > 0 && entry.Change is not CustodyChange.Opened)
        {
            _ring ??= Begin(before!, most);
            _ring.Add(entry);
        }

        if (before is null || after.Epoch > before.Epoch) _since = entry.At;
        return before is not null && entry.Change is CustodyChange.Opened ? OfferOutcome.Acquired : entry.Outcome;
    }

    public readonly IReadOnlyList<CustodyRecord> Records(State state, int most)
    {
        if (_ring is not null) return _ring.Records();
        return most == 0 || state.OwnerNow() is not { } owner ? [] : [Entry.Opened(owner, _since).Record()];
    }

    private readonly Ring Begin(State before, int most)
    {
        var ring = new Ring(most);
        if (before.OwnerNow() is { } owner) ring.Add(Entry.Opened(owner, _since));
        return ring;
    }

    // As compact as they are kept.
    private readonly record struct Entry(
        IActorRef? Owner, IActorRef? Target, long At, int Epoch, int Offer, CustodyChange Change, OfferOutcome Outcome)
    {
        public static Entry Opened(IActorRef owner, long at) =>
            new(owner, null, at, 1, 0, CustodyChange.Opened, OfferOutcome.None);

        // Null if custody did not change.
        public static Entry? Of(State? before, State after, Actions<IActorRef> actions)
        {
            if (before is null || before.Epoch < after.Epoch) return Began(before, after);
            var had = before.OwnerNow();
            var isOver = before is State.Given || (before.OfferNow()?.Number is { } pending
                && pending != after.OfferNow()?.Number);
            var change = (before, after) switch
            {
                (State.Closed, _) => (CustodyChange?)null,
                (_, State.Closed) => CustodyChange.Closed,
                (State.Lent, State.Bequeathed) => CustodyChange.Returned,
                (State.Offered or State.Given, State.Held) => CustodyChange.OfferFailed,
                (State.Bequeathed, State.Bequeathed) when isOver => CustodyChange.OfferFailed,
                _ => had is not null && after.OwnerNow() is null ? CustodyChange.OwnerStopped : null,
            };
            if (change is not { } what) return null;
            var owner = what is CustodyChange.Returned ? null : had;
            var plain = new Entry(owner, null, At: 0, Number(after.Epoch), 0, what, OfferOutcome.None);
            return isOver
                ? plain with
                {
                    Offer = Number(before.Offers), Target = Asked(before), Outcome = WhyOver(before, actions),
                }
                : plain;
        }

        public CustodyRecord Record() => new(
            new DateTimeOffset(At, TimeSpan.Zero), Change, Owner, Epoch, Offer == 0 ? null : Offer, Target, Outcome);

        private static Entry? Began(State? before, State after)
        {
            if (after.OwnerNow() is not { } owner) return null;
            if (before is null || before.Epoch == 0) return Opened(owner, at: 0);
            var change = (before, after) switch
            {
                (State.Lent, State.Held) => CustodyChange.Returned,
                (State.Lent or State.Held, _) => CustodyChange.Reattached,
                (_, State.Lent) => CustodyChange.Lent,
                _ => CustodyChange.Acquired,
            };
            var plain = new Entry(owner, null, At: 0, Number(after.Epoch), 0, change, OfferOutcome.None);
            return change is CustodyChange.Acquired or CustodyChange.Lent
                ? plain with { Offer = Number(before.Offers), Target = owner, Outcome = OfferOutcome.Acquired }
                : plain;
        }

        private static IActorRef? Asked(State before) => before.OfferNow()?.Invited[0];

        private static OfferOutcome WhyOver(State before, Actions<IActorRef> actions)
        {
            for (var i = 0; i < actions.Count; i++)
            {
                if (actions[i] is OwnershipAction<IActorRef>.TellReleaseFailed told) return told.Why;
            }

            for (var i = 0; i < actions.Count; i++)
            {
                if (actions[i] is OwnershipAction<IActorRef>.Withdraw gone) return gone.Why;
            }

            return before is State.Given ? OfferOutcome.OwnerDied : OfferOutcome.TargetDied;
        }

        private static int Number(long number) => (int)Math.Min(number, int.MaxValue);
    }

    private sealed class Ring(int most)
    {
        private Entry[] _entries = new Entry[Math.Min(most, 4)];
        private int _first;
        private int _count;

        public void Add(in Entry entry)
        {
            if (_count == most)
            {
                _entries[_first] = entry;
                _first = (_first + 1) % most;
                return;
            }

            // Nothing was overwritten yet, so that the first is at 0.
            if (_count == _entries.Length) Array.Resize(ref _entries, Math.Min(most, _count * 2));
            _entries[_count++] = entry;
        }

        public CustodyRecord[] Records()
        {
            var records = new CustodyRecord[_count];
            for (var i = 0; i < _count; i++) records[i] = _entries[(_first + i) % _count].Record();
            return records;
        }
    }
}
