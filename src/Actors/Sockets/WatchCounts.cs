using Akka.Actor;

namespace Handoff.Sockets;

// Akka's watch is not counted: one Unwatch drops the watch of every role that an actor has with a socket. And each is
// a message to the other actor, so the last one that lost its role stays watched until another takes its place: a
// socket often goes to and fro between few actors.
internal sealed class WatchCounts(IActorContext context)
{
    private Roles? _first;

    // Roles that somebody has now; an actor that has several counts as often.
    public int Count
    {
        get
        {
            var count = 0;
            for (var roles = _first; roles is not null; roles = roles.Next) count += roles.Count;
            return count;
        }
    }

    public void Watch(IActorRef party)
    {
        if (Find(party) is { } known)
        {
            known.Count++;
            return;
        }

        _first = new Roles(party, _first);
        context.Watch(party);
    }

    public void Unwatch(IActorRef party)
    {
        if (Find(party) is not { } roles || --roles.Count > 0) return;
        if (FindSpare(roles) is { } spare) Forget(spare);
        if (roles.IsDead) Forget(roles);
    }

    // Whether the dead one had a role. Akka has forgotten the watch.
    public bool Died(IActorRef party)
    {
        if (Find(party) is not { } roles) return false;
        roles.IsDead = true;
        if (roles.Count > 0) return true;
        Remove(roles);
        return false;
    }

    private void Forget(Roles roles)
    {
        Remove(roles);
        context.Unwatch(roles.Party);
    }

    private void Remove(Roles roles)
    {
        if (ReferenceEquals(_first, roles))
        {
            _first = roles.Next;
            return;
        }

        var before = _first!;
        while (!ReferenceEquals(before.Next, roles)) before = before.Next!;
        before.Next = roles.Next;
    }

    private Roles? FindSpare(Roles but)
    {
        var roles = _first;
        while (roles is not null && (roles.Count > 0 || roles == but)) roles = roles.Next;
        return roles;
    }

    private Roles? Find(IActorRef party)
    {
        for (var roles = _first; roles is not null; roles = roles.Next)
        {
            if (ReferenceEquals(roles.Party, party)) return roles;
        }

        for (var roles = _first; roles is not null; roles = roles.Next)
        {
            if (roles.Party.Equals(party)) return roles;
        }

        return null;
    }

    // A list of one's own, because there are few of them, of each socket.
    private sealed class Roles(IActorRef party, Roles? next)
    {
        public IActorRef Party => party;

        public Roles? Next { get; set; } = next;

        public int Count { get; set; } = 1;

        public bool IsDead { get; set; }
    }
}
