using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Handoff.Messages;

namespace Handoff.Hosting;

// Props makes the owner, which is registered under the key; null where whoever is registered is the owner, and else an
// actor of the key's type.
internal sealed record ListenerDeclaration(
    string Name,
    ListenerOptions Options,
    Type Key,
    Func<ActorSystem, IActorRegistry, IDependencyResolver, Props>? Props)
{
    public void MakeOwner(ActorSystem system, IActorRegistry registry, IDependencyResolver resolver)
    {
        if (Props is null) return;
        if (registry.TryGet(Key, out _)) throw Doubled();
        Register(registry, system.ActorOf(Props(system, registry, resolver), OwnerName));
    }

    public IActorRef FindOwner(ActorSystem system, IActorRegistry registry)
    {
        if (registry.TryGet(Key, out var known)) return known;
        var props = DependencyResolver.For(system).Resolver.Props(Key);
        return Register(registry, system.ActorOf(props, OwnerName));
    }

    public Listen Command(IActorRef self, IActorRef owner) => new(Options.EndPoint!, self, owner)
    {
        Transport = Options.Transport,
        Mode = Options.Mode,
        Credential = Options.Credential,
        AcceptFilter = Options.AcceptFilter,
    };

    private string OwnerName => $"{Name}-owner";

    private IActorRef Register(IActorRegistry registry, IActorRef owner) =>
        registry.TryRegister(Key, owner) ? owner : throw Doubled();

    private DuplicateActorRegistryException Doubled() =>
        new($"listener {Name}: {Key} has an actor already; leave its props out to offer that one the connections");
}
