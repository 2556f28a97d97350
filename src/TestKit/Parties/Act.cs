using Akka.Actor;

namespace Handoff.TestKit.Parties;

// Something that a party is to do; it runs inside the party's actor.
internal sealed record Act(Action<IActorRef> Do);
