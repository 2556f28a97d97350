using Handoff.Messages;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

internal static class StatusReport
{
    public static SocketStatus Of(State state, IOwned owned)
    {
        var targets = state.OfferNow()?.Invited;
        var (received, sent) = owned.Traffic();
        return new SocketStatus(
            owned.Facts(),
            state.GetType().Name,
            state.OwnerNow(),
            state.Epoch,
            targets is null ? null : state.Offers,
            targets is null ? [] : [.. targets],
            received,
            sent);
    }
}
