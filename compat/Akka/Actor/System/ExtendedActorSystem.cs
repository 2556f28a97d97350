namespace Akka.Actor;

public abstract class ExtendedActorSystem : ActorSystem
{
    protected ExtendedActorSystem()
    {
    }

    public abstract IActorRefProvider Provider { get; }

    public abstract IActorRef SystemActorOf(Props props, string name = null);

    public abstract IActorRef SystemActorOf<TActor>(string name = null)
        where TActor : ActorBase, new();

    internal abstract LocalActorRef Guardian { get; }

    internal abstract LocalActorRef SystemGuardian { get; }

    internal abstract LocalActorRef LookupRoot { get; }
}
