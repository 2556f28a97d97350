using Akka.Actor;

namespace Handoff.Bench.Handoffs;

// The five messages of a handoff without what they are for.
internal static class PlainMessages
{
    public sealed record Release(IActorRef Owner, IActorRef Target);

    public sealed record Offered(IActorRef Socket);

    public sealed record Acquire(IActorRef Owner);

    public sealed record Released(IActorRef Owner);

    public sealed record Acquired(IActorRef Socket);
}
