using System.Runtime.InteropServices;
using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// Which sockets an actor owns now, for one that was restarted and has forgotten. No larger than the number of sockets
// that have an owner. In parts by socket, so that sockets that change hands at the same time seldom meet at a lock.
internal sealed class OwnerIndex
{
    private readonly Part[] _parts = [.. Enumerable.Range(0, 32).Select(_ => new Part())];

    public int Count => _parts.Sum(part => part.Count);

    public Part PartOf(long id) => _parts[id % _parts.Length];

    public IReadOnlyList<SocketHandle> Of(IActorRef owner)
    {
        List<SocketHandle> handles = [];
        foreach (var part in _parts) part.AddTo(handles, owner);
        return [.. handles.OrderBy(handle => handle.Id)];
    }

    // A socket's place: one link in the list of its owner, so that a change of hands makes nothing but the handle.
    internal abstract class Place(Part part)
    {
        public IActorRef? Owner { get; set; }

        // The last owner's, where nobody owns the socket any more.
        public SocketHandle? Handle { get; set; }

        public Place? Previous { get; set; }

        public Place? Next { get; set; }

        protected void MoveTo(IActorRef owner, SocketHandle handle) => part.Move(this, owner, handle);

        // Nobody owns the socket.
        protected void Leave() => part.Move(this, owner: null, Handle);

    }

    internal sealed class Part
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<IActorRef, Place> _first = [];
        private int _count;

        public int Count
        {
            get
            {
                lock (_gate) return _count;
            }
        }

        public void Move(Place place, IActorRef? owner, SocketHandle? handle)
        {
            lock (_gate)
            {
                if (place.Owner is { } before) Unlink(place, before);
                place.Owner = owner;
                place.Handle = handle;
                if (owner is not null) Link(place, owner);
            }
        }

        public void AddTo(List<SocketHandle> handles, IActorRef owner)
        {
            lock (_gate)
            {
                for (var place = _first.GetValueOrDefault(owner); place is not null; place = place.Next)
                    handles.Add(place.Handle!);
            }
        }

        private void Link(Place place, IActorRef owner)
        {
            ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(_first, owner, out _);
            place.Next = first;
            if (first is not null) first.Previous = place;
            first = place;
            _count++;
        }

        private void Unlink(Place place, IActorRef owner)
        {
            if (place.Next is { } next) next.Previous = place.Previous;
            if (place.Previous is { } previous) previous.Next = place.Next;
            else if (place.Next is { } second) _first[owner] = second;
            else _first.Remove(owner);
            place.Previous = place.Next = null;
            _count--;
        }
    }
}
