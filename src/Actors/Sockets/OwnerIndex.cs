using System.Runtime.InteropServices;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// Which sockets an actor owns now, for one that was restarted and has forgotten; and which sockets there are, for who
// asks about all of them. In parts by socket, so that sockets that change hands at the same time seldom meet at a
// lock.
internal sealed class OwnerIndex
{
    private readonly Part[] _parts = [.. Enumerable.Range(0, 32).Select(_ => new Part())];

    // Of those that have an owner.
    public int Count => _parts.Sum(part => part.Count);

    // With those that have none.
    public int All => _parts.Sum(part => part.All);

    // Each once, however many sockets it has.
    public int Owners
    {
        get
        {
            var owners = new HashSet<IActorRef>();
            foreach (var part in _parts) part.AddTo(owners);
            return owners.Count;
        }
    }

    public Part PartOf(long id) => _parts[id % _parts.Length];

    public IReadOnlyList<SocketHandle> Of(IActorRef owner)
    {
        List<SocketHandle> handles = [];
        foreach (var part in _parts) part.AddTo(handles, owner);
        return [.. handles.OrderBy(handle => handle.Id)];
    }

    // The sockets of the lowest numbers above one, in their order: no more than the bound.
    public IReadOnlyList<Place> After(long id, int most)
    {
        var lowest = new PriorityQueue<Place, long>();
        foreach (var part in _parts) part.AddTo(lowest, id, most);
        return [.. lowest.UnorderedItems.Select(item => item.Element).OrderBy(place => place.Id)];
    }

    // A socket's place: one link in the list of its owner, or of those without one, so that a change of hands makes
    // nothing but the handle.
    internal abstract class Place(Part part)
    {
        public abstract long Id { get; }

        public abstract IActorRef Socket { get; }

        public IActorRef? Owner { get; set; }

        // The last owner's, where nobody owns the socket any more.
        public SocketHandle? Handle { get; set; }

        public Place? Previous { get; set; }

        public Place? Next { get; set; }

        protected void MoveTo(IActorRef owner, SocketHandle handle) => part.Move(this, owner, handle);

        // Nobody owns the socket.
        protected void Leave() => part.Move(this, owner: null, Handle);

        // There is no such socket any more.
        protected void Remove() => part.Remove(this);
    }

    internal sealed class Part
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<IActorRef, Place> _first = [];
        private Place? _unowned;
        private int _count;
        private int _all;

        public int Count
        {
            get
            {
                lock (_gate) return _count;
            }
        }

        public int All
        {
            get
            {
                lock (_gate) return _all;
            }
        }

        public void Move(Place place, IActorRef? owner, SocketHandle? handle)
        {
            lock (_gate)
            {
                if (IsIn(place)) Unlink(place);
                place.Owner = owner;
                place.Handle = handle;
                Link(place);
            }
        }

        public void Remove(Place place)
        {
            lock (_gate)
            {
                if (!IsIn(place)) return;
                Unlink(place);
                place.Owner = null;
            }
        }

        public void AddTo(HashSet<IActorRef> owners)
        {
            lock (_gate) owners.UnionWith(_first.Keys);
        }

        public void AddTo(List<SocketHandle> handles, IActorRef owner)
        {
            lock (_gate)
            {
                for (var place = _first.GetValueOrDefault(owner); place is not null; place = place.Next)
                    handles.Add(place.Handle!);
            }
        }

        public void AddTo(PriorityQueue<Place, long> lowest, long id, int most)
        {
            lock (_gate)
            {
                AddTo(lowest, _unowned, id, most);
                foreach (var first in _first.Values) AddTo(lowest, first, id, most);
            }
        }

        // The highest of them is the first to go.
        private static void AddTo(PriorityQueue<Place, long> lowest, Place? first, long id, int most)
        {
            for (var place = first; place is not null; place = place.Next)
            {
                if (place.Id <= id) continue;
                lowest.Enqueue(place, -place.Id);
                if (lowest.Count > most) lowest.Dequeue();
            }
        }

        private bool IsIn(Place place) =>
            place.Owner is not null || place.Previous is not null || ReferenceEquals(place, _unowned);

        private void Link(Place place)
        {
            _all++;
            if (place.Owner is not { } owner)
            {
                LinkBefore(ref _unowned, place);
                return;
            }

            LinkBefore(ref CollectionsMarshal.GetValueRefOrAddDefault(_first, owner, out _), place);
            _count++;
        }

        private static void LinkBefore(ref Place? first, Place place)
        {
            place.Next = first;
            if (first is not null) first.Previous = place;
            first = place;
        }

        private void Unlink(Place place)
        {
            _all--;
            if (place.Owner is not null) _count--;
            if (place.Next is { } next) next.Previous = place.Previous;
            if (place.Previous is { } previous) previous.Next = place.Next;
            else if (place.Owner is not { } owner) _unowned = place.Next;
            else if (place.Next is { } second) _first[owner] = second;
            else _first.Remove(owner);
            place.Previous = place.Next = null;
        }
    }
}
