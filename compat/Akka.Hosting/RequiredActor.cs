using Akka.Actor;

namespace Akka.Hosting;

public sealed class RequiredActor<TActor> : IRequiredActor<TActor>
{
    private readonly IReadOnlyActorRegistry _registry;
    private IActorRef _found;

    public RequiredActor(IReadOnlyActorRegistry registry) => _registry = registry;

    public IActorRef ActorRef
    {
        get
        {
            if (_found == null && _registry.TryGet<TActor>(out var actor))
                _found = actor;
            return _found ?? throw new MissingActorRegistryEntryException(
                $"{typeof(TActor)} has no actor. Where it may be too early for it, use {nameof(GetAsync)}.");
        }
    }

    public async Task<IActorRef> GetAsync(CancellationToken cancellationToken = default) =>
        _found ??= await _registry.GetAsync<TActor>(cancellationToken).ConfigureAwait(false);
}
