using Akka.Actor;

namespace Akka.Streams.Implementation;

// The parent of a materializer's islands. One that fails has failed its stream already.
internal sealed class StreamSupervisor : ActorBase
{
    protected override SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.StoppingStrategy;

    protected override bool Receive(object message) => false;
}
