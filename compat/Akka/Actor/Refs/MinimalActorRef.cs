namespace Akka.Actor;

public abstract class MinimalActorRef : InternalActorRefBase
{
    protected MinimalActorRef()
    {
    }

    internal override IInternalActorRef ParentRef => ActorRefs.Nobody;

    internal override bool HasTerminated => false;

    protected override void TellInternal(object message, IActorRef sender)
    {
    }
}
