using Akka.Actor;
using Handoff.Policy;

namespace Handoff.Actors.Tests.Policies;

// A policy that wants to know where it is.
public sealed class OfTheSystem(ActorSystem system) : ISocketPolicy
{
    public PolicyAnswer Ask(in PolicyQuestion question) => PolicyAnswer.Refuse($"in {system.Name}");
}
