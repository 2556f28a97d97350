using Akka.Streams.Supervision;

namespace Akka.Streams.Implementation.Stages;

internal static class Decide
{
    public static Decider By(Attributes attributes) =>
        attributes.GetAttribute<ActorAttributes.SupervisionStrategy>()?.Decider ?? Deciders.StoppingDecider;
}
