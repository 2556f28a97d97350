using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Processes;

// Another process as a target: it answers what it is offered with what the service there says.
internal sealed class PeerActor(
    PeerRoute route,
    AttachmentCodec attachments,
    int mostMoves,
    Dictionary<(long Socket, long Offer), Consignment> moves) : UntypedActor
{
    public static Props Props(PeerRoute route, AttachmentCodec attachments, int mostMoves)
    {
        var moves = new Dictionary<(long Socket, long Offer), Consignment>();
        return Akka.Actor.Props.Create(() => new PeerActor(route, attachments, mostMoves, moves));
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered: OnOffered(offered); break;
            case Withdrawn withdrawn: OnWithdrawn(withdrawn.Offer); break;
            case Carried carried: moves.Remove((carried.Offer.Id, carried.Offer.Number)); break;

            // A Decline that came too late: the offer had another outcome.
            case Refused { Command: Messages.Decline }: break;
            default: Unhandled(message); break;
        }
    }

    // A move is not its actor's: it goes on, and ends, without it; a restarted one still knows it.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop()
    {
        foreach (var consignment in moves.Values) consignment.Revoke();
        route.Dispose();
        base.PostStop();
    }

    private void OnOffered(Offered offered)
    {
        // Told twice, or by nobody.
        if (offered.Offer is not { } offer || moves.ContainsKey((offer.Id, offer.Number))) return;
        var (parcel, result) = moves.Count < mostMoves
            ? Packing.Of(offered, Self, attachments)
            : (null, new SocketResult(ResultCode.EEQUOTA, $"{mostMoves} are under way; handoff.processes.max-moves"));
        if (parcel is null)
        {
            offer.Socket.Tell(new Decline(offer, Self, $"to {route}: {result}"), Self);
            return;
        }

        var consignment = new Consignment(route.Service, [parcel]);
        moves.Add((offer.Id, offer.Number), consignment);
        route.CarryAsync(consignment).PipeTo(
            Self, success: _ => new Carried(offer), failure: _ => new Carried(offer));
    }

    private void OnWithdrawn(OfferHandle offer)
    {
        if (moves.TryGetValue((offer.Id, offer.Number), out var consignment)) consignment.Revoke();
    }

    private sealed record Carried(OfferHandle Offer);
}
