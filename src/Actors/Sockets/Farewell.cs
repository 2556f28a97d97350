using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

internal static class Farewell
{
    // To everybody who waits for something of a socket whose actor is stopped from outside.
    public static void Tell(
        OwnershipState<IActorRef> state, SocketHandle? handle, PendingOffer? offer, SocketResult why, IActorRef self)
    {
        var owner = state.OwnerNow();
        if (offer is not null)
        {
            foreach (var target in state.OfferNow()?.Invited ?? [])
            {
                target.Tell(new Withdrawn(offer.Handle, OfferOutcome.Closed), self);
            }

            offer.TellReleaseFailed(OfferOutcome.Closed, why, isMakerAlive: owner is not null);
        }

        if (state is OwnershipState<IActorRef>.Lent { Lender: { } lender })
            offer?.TellReturned(lender, LoanOutcome.Closed, why);
        owner?.Tell(new Closed(handle!, why), self);
    }
}
