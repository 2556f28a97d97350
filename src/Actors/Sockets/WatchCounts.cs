using Akka.Actor;

namespace Handoff.Sockets;

// Akka's watch is not counted: one Unwatch drops the watch of every role that an actor has with a socket.
internal sealed class WatchCounts(IActorContext context)
{
    private readonly Dictionary<IActorRef, int> _counts = [];

    public void Watch(IActorRef party)
    {
        var count = _counts.GetValueOrDefault(party);
        _counts[party] = count + 1;
        if (count == 0) context.Watch(party);
    }

    public void Unwatch(IActorRef party)
    {
        var count = _counts.GetValueOrDefault(party);
        if (count > 1)
        {
            _counts[party] = count - 1;
            return;
        }

        _counts.Remove(party);
        context.Unwatch(party);
    }
}
