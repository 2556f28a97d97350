using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Compat.Tests.Hosting;

public sealed class ActorRegistryTests : HostTest
{
    private sealed class Key;

    private sealed class OtherKey;

    private static readonly Type KeyType = typeof(Key);

    [Fact]
    public void An_actor_is_found_under_its_key()
    {
        var registry = new ActorRegistry();
        Assert.False(registry.TryGet<Key>(out var none));
        Assert.Equal(ActorRefs.Nobody, none);

        registry.Register<Key>(ActorRefs.Nobody);

        Assert.True(registry.TryGet<Key>(out var one));
        Assert.True(registry.TryGet(KeyType, out var other));
        Assert.Same(one, other);
        Assert.Same(one, registry.Get<Key>());
        using var all = registry.GetEnumerator();
        Assert.True(all.MoveNext());
        Assert.Equal(new KeyValuePair<Type, IActorRef>(KeyType, one), all.Current);
        Assert.False(all.MoveNext());
    }

    [Fact]
    public async Task A_key_has_one_actor_unless_it_is_overwritten()
    {
        var host = await Start(_ => { });
        var (first, second) = (NewEcho(host), NewEcho(host));
        var registry = ActorRegistry.For(SystemOf(host));

        Assert.True(registry.TryRegister<Key>(first));
        Assert.False(registry.TryRegister<Key>(second));
        Assert.False(registry.TryRegister(KeyType, second));
        Assert.False(registry.TryRegister<OtherKey>(null!));
        Assert.Throws<DuplicateActorRegistryException>(() => registry.Register<Key>(second));
        Assert.Throws<ArgumentNullException>(() => registry.Register<Key>(null!));
        Assert.Equal(first, registry.Get<Key>());

        registry.Register<Key>(second, overwrite: true);
        Assert.Equal(second, registry.Get<Key>());
        Assert.True(registry.TryRegister(KeyType, first, overwrite: true));
        Assert.Equal(first, registry.Get<Key>());
        Assert.True(registry.TryRegister<Key>(second, overwrite: true));
        Assert.Equal(second, registry.Get<Key>());
    }

    [Fact]
    public void An_actor_that_is_missing_is_a_failure_of_its_own()
    {
        var registry = new ActorRegistry();

        Assert.Throws<MissingActorRegistryEntryException>(registry.Get<Key>);
        Assert.Throws<MissingActorRegistryEntryException>(() => new RequiredActor<Key>(registry).ActorRef);
        var cause = new InvalidOperationException();
        foreach (var failure in new ActorRegistryException[]
        {
            new("m", cause), new DuplicateActorRegistryException("m", cause),
            new MissingActorRegistryEntryException("m", cause),
        })
            Assert.Equal(("m", cause), (failure.Message, failure.InnerException));
        Assert.Equal("m", new ActorRegistryException("m").Message);
        Assert.Equal("m", new DuplicateActorRegistryException("m").Message);
    }

    [Fact]
    public async Task An_actor_can_be_waited_for()
    {
        var registry = new ActorRegistry();
        using var impatient = new CancellationTokenSource();
        var required = new RequiredActor<Key>(registry);
        Task<IActorRef>[] waiting = [registry.GetAsync<Key>(), registry.GetAsync(KeyType), required.GetAsync()];
        var gaveUp = registry.GetAsync<Key>(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        Assert.All(waiting, t => Assert.False(t.IsCompleted));

        registry.Register<Key>(ActorRefs.Nobody);

        foreach (var task in waiting)
            Assert.Equal(ActorRefs.Nobody, await task.WaitAsync(Patience));
        Assert.Equal(ActorRefs.Nobody, await registry.GetAsync<Key>().WaitAsync(Patience));
        Assert.Equal(ActorRefs.Nobody, await required.GetAsync().WaitAsync(Patience));
        Assert.Equal(ActorRefs.Nobody, required.ActorRef);
    }

    [Fact]
    public async Task The_services_have_the_registry_of_the_system()
    {
        var host = await Start(_ => { });
        var registry = ActorRegistry.For(SystemOf(host));

        Assert.Same(registry, host.Services.GetRequiredService<ActorRegistry>());
        Assert.Same(registry, host.Services.GetRequiredService<IActorRegistry>());
        Assert.Same(registry, host.Services.GetRequiredService<IReadOnlyActorRegistry>());
        Assert.Same(registry, new ActorRegistryExtension().Get(SystemOf(host)));
    }

    private static IActorRef NewEcho(Microsoft.Extensions.Hosting.IHost host) =>
        SystemOf(host).ActorOf(Props.Create(() => new Echo()));
}
