using Akka.Actor;

namespace Handoff.Bench.Handoffs;

internal sealed record Meet(IActorRef Other);
