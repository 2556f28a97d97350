using Akka.Actor;

namespace Akka.Streams;

public class WatchedActorTerminatedException : AkkaException
{
    public WatchedActorTerminatedException(string stageName, IActorRef actorRef)
        : base($"Actor watched by [{stageName}] has terminated! Was: {actorRef}")
    {
    }
}
