using Akka.Actor;

namespace Handoff.Campaign.Tests.Parties;

// The parent of the owners: one that crashes is started again. It is told which actors of sockets are left.
internal sealed class Guardian : UntypedActor
{
    private static readonly SupervisorStrategy Restarting = new OneForOneStrategy(
        gone => gone is CrashException ? Directive.Restart : Directive.Stop);

    private readonly Crew _crew;

    public Guardian(Crew crew, int owners)
    {
        _crew = crew;
        crew.Router = Context.ActorOf(Router.Props(crew), "router");
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
            case ActorIdentity { Subject: { } left }:
                _crew.Left.Add(left);
                break;
            case ActorIdentity:
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
