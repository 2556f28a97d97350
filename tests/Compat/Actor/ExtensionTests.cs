using Akka.Actor;

namespace Handoff.Compat.Tests.Actors;

public sealed class ExtensionTests() : ActorTest(
    $"akka.extensions = [\"{typeof(LoadedId).AssemblyQualifiedName}\", \"no such type\"]")
{
    [Fact]
    public void An_extension_is_made_once_for_a_system()
    {
        var id = new CounterId();
        Assert.False(Sys.HasExtension<Counter>());
        Assert.False(Sys.TryGetExtension<Counter>(out _));
        Assert.Null(Sys.GetExtension<Counter>());
        Assert.Null(Sys.GetExtension(id));
        var counter = id.Apply(Sys);
        Assert.Same(counter, Sys.RegisterExtension(new CounterId()));
        Assert.Same(counter, id.Get(Sys));
        Assert.Same(counter, Sys.GetExtension(id));
        Assert.Same(counter, Sys.GetExtension<Counter>());
        Assert.True(Sys.HasExtension<Counter>());
        Assert.True(Sys.HasExtension(ExtensionType()));
        Assert.False(Sys.HasExtension(id.GetType()));
        Assert.True(Sys.TryGetExtension<Counter>(out var found));
        Assert.Same(counter, found);
        Assert.True(Sys.TryGetExtension(ExtensionType(), out var other));
        Assert.Same(counter, other);
        Assert.Null(Sys.RegisterExtension(null));
    }

    [Fact]
    public void WithExtension_makes_what_is_not_there_yet()
    {
        Assert.Null(Sys.WithExtension<Counter>());
        var counter = Sys.WithExtension<Counter, CounterId>();
        Assert.Same(counter, Sys.WithExtension<Counter, CounterId>());
        Assert.Same(counter, Sys.WithExtension<Counter>(IdType()));
        Assert.Same(counter, Sys.WithExtension<Counter>());
        Assert.NotNull(Sys.WithExtension<Dependent>(typeof(DependentId)));
    }

    [Fact]
    public void An_extension_may_need_another()
    {
        var dependent = new DependentId().Apply(Sys);
        Assert.Same(Sys.GetExtension<Counter>(), dependent.Counter);
    }

    [Fact]
    public void Extensions_are_loaded_by_the_configuration() => Assert.True(Sys.HasExtension<Loaded>());

    [Fact]
    public void Ids_say_what_they_make()
    {
        IExtensionId id = new CounterId();
        Assert.Equal(ExtensionType(), id.ExtensionType);
        Assert.Same(id.Apply(Sys), id.Get(Sys));
        Assert.IsType<Counter>(id.CreateExtension((ExtendedActorSystem)Sys));
        Assert.Equal(id.GetHashCode(), new CounterId().GetHashCode());
        Assert.True(id.Equals(new Counter()));
    }

    [Fact]
    public async Task Many_threads_get_the_same_extension()
    {
        var all = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Sys.WithExtension<Counter, CounterId>())));
        Assert.Single(all.Distinct());
    }

    private static Type ExtensionType() => typeof(Counter);

    private static Type IdType() => typeof(CounterId);

    private sealed class Counter : IExtension;

    private sealed class CounterId : ExtensionIdProvider<Counter>
    {
        public override Counter CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed record Dependent(Counter Counter) : IExtension;

    private sealed class DependentId : ExtensionIdProvider<Dependent>
    {
        public override Dependent CreateExtension(ExtendedActorSystem system) =>
            new(system.WithExtension<Counter, CounterId>());
    }

    private sealed class Loaded : IExtension;

    private sealed class LoadedId : ExtensionIdProvider<Loaded>
    {
        public override Loaded CreateExtension(ExtendedActorSystem system) => new();
    }
}
