using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public abstract class InternalActorRefBase : ActorRefBase, IInternalActorRef
{
    protected InternalActorRefBase()
    {
    }

    internal abstract IInternalActorRef ParentRef { get; }

    public abstract IActorRefProvider Provider { get; }

    internal abstract bool HasTerminated { get; }

    IInternalActorRef IInternalActorRef.Parent => ParentRef;

    bool IInternalActorRef.IsTerminated => HasTerminated;

    IInternalActorRef IInternalActorRef.GetSingleChild(string name) => FindChild(name);

    void IInternalActorRef.Start() => StartCell();

    void IInternalActorRef.Suspend() => SendSystem(new Suspend());

    void IInternalActorRef.Resume(Exception causedByFailure) => SendSystem(new Resume(causedByFailure));

    void IInternalActorRef.Restart(Exception cause) => SendSystem(new Recreate(cause));

    void IInternalActorRef.Stop() => StopCell();

    void IInternalActorRef.SendSystemMessage(SystemMessage message) => SendSystem(message);

    internal virtual IInternalActorRef FindChild(string name) => ActorRefs.Nobody;

    internal virtual void StartCell()
    {
    }

    internal virtual void StopCell()
    {
    }

    internal virtual void SendSystem(SystemMessage message)
    {
    }
}
