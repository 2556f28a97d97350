using Akka.Actor;

namespace Akka.Streams.Stage;

public static class StageActorRef
{
    public delegate void Receive((IActorRef, object) args);
}
