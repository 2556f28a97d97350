using Akka.Actor;
using Handoff.Transport.Ownership;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

internal static class Custodians
{
    public static IActorRef? OwnerOf(State state) => state switch
    {
        State.Held held => held.Owner,
        State.Offered offered => offered.Owner,
        State.Given given => given.Owner,
        _ => null,
    };

    public static Offer<IActorRef>? OfferOf(State state) => state switch
    {
        State.Offered offered => offered.To,
        State.Bequeathed orphan => orphan.To,
        _ => null,
    };

    public static IEnumerable<IActorRef>? TargetsOf(State state) => OfferOf(state)?.Invited;
}
