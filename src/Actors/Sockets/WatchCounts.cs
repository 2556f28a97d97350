using Akka.Actor;

namespace Handoff.Sockets;

// Akka's watch is not counted: one Unwatch drops the watch of every role that an actor has with a socket. And each is
// a message to the other actor, so the last one that lost its role stays watched until another takes its place: a
// socket often goes to and fro between few actors.
internal sealed class WatchCounts(IActorContext context)
{
    private readonly List<Roles> _parties = [];

    public void Watch(IActorRef party)
    {
        if (Find(party) is { } known)
        {
            known.Count++;
            return;
        }

        _parties.Add(new Roles(party));
        context.Watch(party);
    }

    public void Unwatch(IActorRef party)
    {
        if (Find(party) is not { } roles || --roles.Count > 0) return;
        var spare = _parties.Find(other => other.Count == 0 && other != roles);
        if (spare is not null) Forget(spare);
        if (roles.IsDead) Forget(roles);
    }

    // Whether the dead one had a role. Akka has forgotten the watch.
    public bool Died(IActorRef party)
    {
        if (Find(party) is not { } roles) return false;
        roles.IsDead = true;
        if (roles.Count > 0) return true;
        _parties.Remove(roles);
        return false;
    }

    private void Forget(Roles roles)
    {
        _parties.Remove(roles);
        context.Unwatch(roles.Party);
    }

    private Roles? Find(IActorRef party)
    {
        foreach (var roles in _parties)
        {
            if (ReferenceEquals(roles.Party, party)) return roles;
        }

        foreach (var roles in _parties)
        {
            if (roles.Party.Equals(party)) return roles;
        }

        return null;
    }

    private sealed class Roles(IActorRef party)
    {
        public IActorRef Party => party;

        public int Count { get; set; } = 1;

        public bool IsDead { get; set; }
    }
}
