namespace Akka.Actor.Internal;

internal sealed class TempContainer(LocalActorRefProvider provider, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    internal override IInternalActorRef ParentRef => provider.RootGuardian;

    public override IActorRefProvider Provider => provider;

    internal override IInternalActorRef FindChild(string name) => provider.FindTemporary(name);
}
