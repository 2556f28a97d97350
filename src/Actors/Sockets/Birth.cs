using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// How a connection comes into the world. Waiting is told once, when the connection found its first owner or ended
// without one; a listener counts by it how many wait.
internal sealed record Birth(
    Transition<IActorRef> Transition, TimeSpan Within, Reading Reading, IActorRef? Waiting)
{
    public static Birth OwnedBy(Connect connect, TimeSpan within) =>
        new(OwnershipTable.Start(connect.Owner, connect.Heir), within, connect.Reading, Waiting: null);

    public static Birth OfferedTo(IActorRef acceptor, OfferMode mode, TimeSpan within, IActorRef listener) =>
        new(OwnershipTable.StartOffered(mode, acceptor), within, Reading.Lease, listener);

    // The connection is its actor's from here on. Without an actor it ends at once: nothing else would close it.
    public IActorRef Spawn(
        IActorContext parent,
        long id,
        string transport,
        SocketConnection connection,
        Rules rules)
    {
        try
        {
            var props = SocketActor.Props(id, transport, connection, this, rules);
            return parent.ActorOf(props, $"{transport}-{id}");
        }
        catch (Exception gone)
        {
            connection.Abort(new SocketResult(ResultCode.EEABORTED, gone.Message));
            throw;
        }
    }
}
