using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor.Internal;

// The parent of the root guardian. When that has stopped the actor system has come to its end.
internal sealed class RootGuardianSupervisor(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    public override IActorRefProvider Provider => system.LocalProvider;

    internal override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                system.Log.Error(failed.Cause, "guardian {0} failed, shutting down!", failed.Child);
                failed.Child.Stop();
                break;
            case DeathWatchNotification:
                system.Ended();
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef sender) =>
        system.Log.Error("{0} received unexpected message [{1}]", path, message);
}
