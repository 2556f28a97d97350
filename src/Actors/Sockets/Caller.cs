using Akka.Actor;

namespace Handoff.Sockets;

// The actor whose code runs on this thread. An actor sees no context but its own, so nobody can pose as another.
internal abstract class Caller : ActorBase
{
    public static bool Is(IActorRef actor)
    {
        try
        {
            return actor.Equals(Context?.Self);
        }
        catch (NotSupportedException)
        {
            // No actor runs here.
            return false;
        }
    }
}
