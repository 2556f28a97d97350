using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Campaign.Tests.Parties;

// A target that owns nothing: whoever it passes an offer on to may acquire.
internal sealed class Router(Crew crew) : UntypedActor
{
    public static Props Props(Crew crew) => Akka.Actor.Props.Create(() => new Router(crew));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered:
                crew.Ledger.Offered(Self, offered);
                crew.Ledger.Book(offered.Offer.Id).Offer(offered.Offer.Number).IsForwarded = true;
                crew.Somebody().Tell(offered, Sender);
                break;
            case Withdrawn withdrawn:
                crew.Ledger.Withdrawn(Self, withdrawn);
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
