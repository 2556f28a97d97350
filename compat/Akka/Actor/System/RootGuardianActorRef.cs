using Akka.Dispatch;

namespace Akka.Actor.Internal;

// Has, besides its children, those who stand at the top of the tree without being actors.
internal sealed class RootGuardianActorRef : LocalActorRef
{
    private readonly LocalActorRefProvider _provider;

    internal RootGuardianActorRef(
        ActorSystemImpl system, Props props, IInternalActorRef supervisor, LocalActorRefProvider provider)
        : base(
            system,
            props,
            system.Dispatchers.InternalDispatcher,
            new UnboundedMailbox(),
            supervisor,
            provider.RootPath) =>
        _provider = provider;

    internal override IInternalActorRef FindChild(string name) => name switch
    {
        LocalActorRefProvider.TempName => _provider.TempContainer,
        LocalActorRefProvider.DeadLettersName => (IInternalActorRef)_provider.DeadLetters,
        _ => base.FindChild(name),
    };
}
