using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// What belongs to an offer and is no matter of the pure protocol. Release is null where no owner made the offer: for
// an accepted connection, and for an heir. Share is the part of the time-out that one target in order has.
internal sealed record PendingOffer(OfferHandle Handle, Release? Release, IActorRef ReplyTo, TimeSpan Share)
{
    public void Invite(IActorRef target, IActorRef? from, SocketFacts facts) =>
        target.Tell(new Offered(Handle, from, facts, Share, Release?.Attachment), Handle.Socket);

    public void TellReleaseFailed(OfferOutcome why, string? because)
    {
        var reason = $"offer {Handle.Number}: {why}";
        if (because is not null) reason = $"{reason}: {because}";
        var result = new SocketResult(ResultCode.EESOCKNOTRLSD, reason);
        ReplyTo.Tell(new ReleaseFailed(Release!, why, result), Handle.Socket);
    }
}
