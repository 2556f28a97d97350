using Akka.Actor;

namespace Handoff.Actors.Tests;

// Forwards what it is told to its routees in turn, as a round-robin group does.
public sealed class RoundRobin(IReadOnlyList<IActorRef> routees) : UntypedActor
{
    private int _next;

    protected override void OnReceive(object message) => routees[_next++ % routees.Count].Forward(message);
}
