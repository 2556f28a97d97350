using Akka.Actor;

namespace Handoff.Actors.Tests.Crashes;

// Restarts its one child whenever that crashes, without a word: a thousand stack traces tell nothing. Asked anything,
// it answers who the child is.
internal sealed class Supervisor : ReceiveActor
{
    public Supervisor(Props child)
    {
        var owner = Context.ActorOf(child, "owner");
        ReceiveAny(_ => Sender.Tell(owner));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
        maxNrOfRetries: -1, withinTimeMilliseconds: -1, _ => Directive.Restart, loggingEnabled: false);
}
