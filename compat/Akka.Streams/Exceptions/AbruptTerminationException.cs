using Akka.Actor;

namespace Akka.Streams;

public class AbruptTerminationException : Exception
{
    public readonly IActorRef Actor;

    public AbruptTerminationException(IActorRef actor)
        : base($"Processor actor [{actor}] terminated abruptly") => Actor = actor;
}
