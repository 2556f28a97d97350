using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Actors.Tests.Processes;

// Answers each offer with what its owner sent along, and lets the probe hear the rest.
internal sealed class Answerer(IActorRef probe) : UntypedActor
{
    public static Props Props(IActorRef probe) => Akka.Actor.Props.Create(() => new Answerer(probe));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered { Attachment: "decline" } offered:
                offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, "it was told so"));
                probe.Tell(new Declined());
                break;
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self));
                break;
            default:
                probe.Tell(message);
                break;
        }
    }

    internal sealed record Declined;
}
