using Akka.Actor;

namespace Handoff.Campaign.Tests.Parties;

// The parent of the owners: one that crashes is started again. It watches the actors of the sockets.
internal sealed class Guardian : UntypedActor
{
    private static readonly SupervisorStrategy Restarting = new OneForOneStrategy(
        gone => gone is CrashException ? Directive.Restart : Directive.Stop);

    private readonly Crew _crew;

    public Guardian(Crew crew, int owners)
    {
        _crew = crew;
        for (var i = 0; i < owners; i++)
        {
            var keepsakes = new Keepsakes();
            crew.Keepsakes.Add(keepsakes);
            crew.Owners.Add(Context.ActorOf(Owner.Props(crew, keepsakes), $"owner{i}"));
        }
    }

    public static Props Props(Crew crew, int owners) => Akka.Actor.Props.Create(() => new Guardian(crew, owners));

    protected override SupervisorStrategy SupervisorStrategy() => Restarting;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Seen seen:
                if (_crew.Sockets.Add(seen.Socket)) Context.Watch(seen.Socket);
                break;
            case Terminated dead:
                _crew.Sockets.Remove(dead.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    internal sealed record Seen(IActorRef Socket);
}
