using Handoff.Configuration;
using Handoff.Messages;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// No handle is in it, nor the secret of one: anybody may ask.
internal static class StatusReport
{
    public static SocketStatus Of(
        State state,
        PendingOffer? offer,
        IOwned owned,
        OfferDeadline deadline,
        in Chronicle chronicle,
        int watches,
        HandoffSettings settings)
    {
        var targets = state.OfferNow()?.Invited;
        var (received, sent) = owned.Traffic();
        return new SocketStatus(
            owned.Facts(),
            state.GetType().Name,
            state.OwnerNow(),
            state.Epoch,
            targets is null && state is not State.Given ? null : state.Offers,
            targets is null ? [] : [.. targets],
            received,
            sent)
        {
            Since = chronicle.Since == 0 ? null : new DateTimeOffset(chronicle.Since, TimeSpan.Zero),
            Left = deadline.Left,
            Name = (offer?.Release as Give)?.Name,
            Lender = (state as State.Lent)?.Lender,
            Watches = watches,
            History = chronicle.Records(state, settings.History),
        };
    }
}
