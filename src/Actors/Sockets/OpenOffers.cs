using System.Runtime.InteropServices;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Sockets;

// How many releases are on offer, by who made them and whom they were made to. No larger than the number of actors
// that have to do with one now. In parts by actor, so that actors seldom meet at a lock; an actor is known by its ref
// as it is, because a path costs more to compare than an offer may cost here.
internal sealed class OpenOffers(int maxPerOwner, int maxPerTarget)
{
    private readonly Part[] _parts = [.. Enumerable.Range(0, 32).Select(_ => new Part())];

    // Actors with an open offer.
    public int Count => _parts.Sum(part => part.Count);

    // Null if there is room for it, and then it counts until it is closed.
    public SocketResult? Open(IActorRef owner, IReadOnlyList<IActorRef> targets)
    {
        if (!PartOf(owner).TryMake(owner, maxPerOwner))
        {
            var why = $"Release: {owner} has {maxPerOwner} offers open; handoff.offer.max-per-owner";
            return new(ResultCode.EEQUOTA, why);
        }

        for (var i = 0; i < targets.Count; i++)
        {
            if (PartOf(targets[i]).TryReceive(targets[i], maxPerTarget)) continue;
            Close(owner, targets, i);
            var why = $"Release: {targets[i]} is offered {maxPerTarget} sockets; handoff.offer.max-per-target";
            return new(ResultCode.EEQUOTA, why);
        }

        return null;
    }

    public void Close(IActorRef owner, IReadOnlyList<IActorRef> targets) => Close(owner, targets, targets.Count);

    private void Close(IActorRef owner, IReadOnlyList<IActorRef> targets, int count)
    {
        PartOf(owner).Close(owner, made: 1, received: 0);
        for (var i = 0; i < count; i++) PartOf(targets[i]).Close(targets[i], made: 0, received: 1);
    }

    private Part PartOf(IActorRef actor) =>
        _parts[(uint)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(actor) % (uint)_parts.Length];

    private record struct Counts(int Made, int Received);

    private sealed class Part
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<IActorRef, Counts> _counts = new(ReferenceEqualityComparer.Instance);

        public int Count
        {
            get
            {
                lock (_gate) return _counts.Count;
            }
        }

        public bool TryMake(IActorRef owner, int max)
        {
            lock (_gate)
            {
                ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, owner, out _);
                if (counts.Made >= max) return false;
                counts.Made++;
                return true;
            }
        }

        public bool TryReceive(IActorRef target, int max)
        {
            lock (_gate)
            {
                ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, target, out _);
                if (counts.Received >= max) return false;
                counts.Received++;
                return true;
            }
        }

        public void Close(IActorRef actor, int made, int received)
        {
            lock (_gate)
            {
                ref var counts = ref CollectionsMarshal.GetValueRefOrNullRef(_counts, actor);
                counts.Made -= made;
                counts.Received -= received;
                if (counts is { Made: 0, Received: 0 }) _counts.Remove(actor);
            }
        }
    }
}
