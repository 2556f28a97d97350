using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Sockets;

// Which sockets an actor owns now, for one that was restarted and has forgotten. No larger than the number of sockets
// that have an owner. In parts by owner, so that sockets that change hands at the same time seldom meet at a lock.
internal sealed class OwnerIndex
{
    private readonly Part[] _parts = [.. Enumerable.Range(0, 32).Select(_ => new Part())];

    public int Count => _parts.Sum(part => part.Count);

    public void Add(IActorRef owner, SocketHandle handle) => PartOf(owner).Add(owner, handle);

    public void Remove(IActorRef owner, long id) => PartOf(owner).Remove(owner, id);

    public IReadOnlyList<SocketHandle> Of(IActorRef owner) => PartOf(owner).Of(owner);

    private Part PartOf(IActorRef owner) => _parts[(uint)owner.GetHashCode() % (uint)_parts.Length];

    private sealed class Part
    {
        private readonly Lock _gate = new();
        private readonly Dictionary<IActorRef, Dictionary<long, SocketHandle>> _owners = [];

        public int Count
        {
            get
            {
                lock (_gate) return _owners.Values.Sum(handles => handles.Count);
            }
        }

        public void Add(IActorRef owner, SocketHandle handle)
        {
            lock (_gate)
            {
                if (!_owners.TryGetValue(owner, out var handles)) _owners[owner] = handles = new(capacity: 1);
                handles[handle.Id] = handle;
            }
        }

        public void Remove(IActorRef owner, long id)
        {
            lock (_gate)
            {
                if (!_owners.TryGetValue(owner, out var handles)) return;
                handles.Remove(id);
                if (handles.Count == 0) _owners.Remove(owner);
            }
        }

        public IReadOnlyList<SocketHandle> Of(IActorRef owner)
        {
            lock (_gate)
            {
                if (!_owners.TryGetValue(owner, out var handles)) return [];
                return [.. handles.Values.OrderBy(handle => handle.Id)];
            }
        }
    }
}
