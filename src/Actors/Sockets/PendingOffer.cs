using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// What belongs to an offer and is no matter of the pure protocol. Release is null where no owner made the offer: for
// an accepted connection, and for an heir; else maker did. Share is the part of the time-out that one target in order
// has.
internal sealed class PendingOffer(
    OfferHandle handle, Release? release, IActorRef? maker, IActorRef replyTo, TimeSpan share, OpenOffers open)
{
    public OfferHandle Handle => handle;

    public Release? Release => release;

    public TimeSpan Share => share;

    public bool HasOutcome { get; private set; }

    // By OfferMeter; negative once it has been told the outcome.
    public long Since { get; private set; } = OfferMeter.Begin(handle.Socket);

    // How the maker reads once a loan comes back; null where the socket is given away.
    public Reading? LenderReads { get; init; }

    public void Invite(IActorRef target, IActorRef? from, SocketFacts facts) =>
        target.Tell(
            new Offered(handle, from, facts, share, release?.Attachment)
            {
                LoanFor = release?.LoanFor,
            },
            handle.Socket);

    public void TellReleased(IActorRef by, bool isMakerAlive)
    {
        if (release is not null && !HasOutcome) Tell(new Released(release, by), isMakerAlive);
    }

    public void TellReleaseFailed(OfferOutcome why, string? because, bool isMakerAlive)
    {
        var reason = $"offer {handle.Number}: {why}";
        if (because is not null) reason = $"{reason}: {because}";
        TellReleaseFailed(why, new SocketResult(ResultCode.EESOCKNOTRLSD, reason), isMakerAlive);
    }

    public void TellReleaseFailed(OfferOutcome why, SocketResult result, bool isMakerAlive)
    {
        if (release is not null && !HasOutcome) Tell(new ReleaseFailed(release, why, result), isMakerAlive);
    }

    // Whoever asked for a release waits for its outcome, also where the owner has died meanwhile.
    public void TellAsker(OwnershipState<IActorRef> now, Actions<IActorRef> actions, string? because)
    {
        if (HasOutcome || handle.Number == now.OfferNow()?.Number) return;
        if (now.OwnerNow() is { } owner)
        {
            TellReleased(owner, isMakerAlive: false);
            return;
        }

        var dead = release is Give ? OfferOutcome.OwnerDied : OfferOutcome.TargetDied;
        var why = actions.OfType<OwnershipAction<IActorRef>.Withdraw>().LastOrDefault()?.Why ?? dead;
        TellReleaseFailed(why, because, isMakerAlive: false);
    }

    // Now: after it. By: the message that ended it.
    public void End(OfferOutcome outcome, OwnershipState<IActorRef> now, object? by, string? because)
    {
        if (outcome is OfferOutcome.None || Since < 0) return;
        var since = Since;
        Since = -1;
        OfferMeter.End(handle.Socket, outcome, since);
        OfferSpan.End(handle, outcome, now, by, because);
    }

    public void TellReturned(IActorRef lender, LoanOutcome why, SocketResult result) =>
        lender.Tell(new Returned(release!, why, result), handle.Socket);

    // Once, to whoever asked; and to the owner that made the offer, if another asked: it has to know what it may use,
    // and that what it read by messages comes again.
    private void Tell(object outcome, bool isMakerAlive)
    {
        HasOutcome = true;
        open.Close(maker!, release!.Targets);
        var askedItself = replyTo.Equals(maker);
        if (isMakerAlive || !askedItself) replyTo.Tell(outcome, handle.Socket);
        if (isMakerAlive && !askedItself) maker?.Tell(outcome, handle.Socket);
    }
}
