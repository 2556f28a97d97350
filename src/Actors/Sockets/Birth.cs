using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

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
}
