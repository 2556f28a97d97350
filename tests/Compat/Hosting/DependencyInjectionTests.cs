using Akka.Actor;
using Akka.Configuration;
using Akka.DependencyInjection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Compat.Tests.Hosting;

public sealed class DependencyInjectionTests : HostTest
{
    private static readonly Type WordType = typeof(Word);
    private static readonly Type PlainType = typeof(Plain);
    private static readonly Type GreeterType = typeof(Greeter);
    private static readonly Type DisposedType = typeof(Disposed);

    [Fact]
    public async Task An_actor_is_made_of_services_and_of_what_is_said()
    {
        var host = await Start(
            akka => akka
                .WithActors((system, registry, resolver) => registry.Register<Greeter>(
                    system.ActorOf(resolver.Props<Greeter>("one"), "one")))
                .WithActors(async (system, registry, resolver) =>
                {
                    await Task.Yield();
                    registry.Register<Word>(system.ActorOf(resolver.Props(GreeterType, "two"), "two"));
                }),
            builder => builder.Services.AddSingleton(new Word("hello")));

        Assert.Equal("hello one", await Ask(host.Services.GetRequiredService<IRequiredActor<Greeter>>().ActorRef));
        Assert.Equal("hello two", await Ask(host.Services.GetRequiredService<IRequiredActor<Word>>().ActorRef));
    }

    [Fact]
    public async Task StartActors_has_the_resolver_too()
    {
        var order = new List<string>();
        await Start(
            akka => akka
                .StartActors((_, _, resolver) => order.Add(resolver.GetService<Word>().Text))
                .StartActors(async (_, _, resolver) =>
                {
                    await Task.Yield();
                    order.Add(((Word)resolver.GetService(WordType)).Text);
                }),
            builder => builder.Services.AddSingleton(new Word("hello")));

        Assert.Equal(["hello", "hello"], order);
    }

    [Fact]
    public async Task The_resolver_of_a_system_is_found_by_its_extension()
    {
        var host = await Start(_ => { }, builder => builder.Services.AddSingleton(new Word("hello")));
        var system = SystemOf(host);
        var found = DependencyResolver.For(system);

        Props[] plain = [found.Props<Plain>(), found.Props(PlainType), found.Resolver.Props(PlainType)];
        foreach (var props in plain)
        {
            Assert.Equal(typeof(Plain), props.Type);
            Assert.Equal("hello", await Ask(system.ActorOf(props)));
        }

        foreach (var props in (Props[])[found.Props<Greeter>("x"), found.Props(GreeterType, "x")])
            Assert.Equal("hello x", await Ask(system.ActorOf(props)));
        Assert.Throws<ArgumentException>(() => found.Props(WordType));
        Assert.Same(found, new DependencyResolverExtension().Get(system));
        Assert.Same(found.Resolver, new DependencyResolver(found.Resolver).Resolver);
    }

    [Fact]
    public async Task A_scope_has_services_of_its_own_until_it_is_disposed()
    {
        var host = await Start(_ => { }, builder => builder.Services.AddScoped<Disposed>());
        var resolver = DependencyResolver.For(SystemOf(host)).Resolver;
        var scope = resolver.CreateScope();

        var service = scope.Resolver.GetService<Disposed>();
        Assert.Same(service, scope.Resolver.GetService(DisposedType));
        Assert.False(service.IsDisposed);
        scope.Dispose();

        Assert.True(service.IsDisposed);
        Assert.Null(resolver.GetService<Word>());
        using var other = new ServiceProviderScope(host.Services.CreateScope());
        Assert.NotSame(service, other.Resolver.GetService<Disposed>());
    }

    [Fact]
    public async Task A_setup_brings_the_resolver_and_without_one_there_is_none()
    {
        var services = new ServiceCollection().AddSingleton(new Word("mine")).BuildServiceProvider();
        var resolver = new ServiceProviderDependencyResolver(services);
        Assert.Same(services, resolver.ServiceProvider);
        Assert.IsType<ServiceProviderDependencyResolver>(DependencyResolverSetup.Create(services).DependencyResolver);
        const string quiet = "akka { loggers = [], stdout-loglevel = OFF }";
        var setup = BootstrapSetup.Create().WithConfig(quiet).And(DependencyResolverSetup.Create(resolver));
        using var with = ActorSystem.Create("with", setup);
        using var without = ActorSystem.Create("without", ConfigurationFactory.ParseString(quiet));

        Assert.Same(resolver, DependencyResolver.For(with).Resolver);
        Assert.Equal("mine", await Ask(with.ActorOf(DependencyResolver.For(with).Props<Plain>())));
        Assert.ThrowsAny<Exception>(() => DependencyResolver.For(without));
        await with.Terminate().WaitAsync(Patience);
        await without.Terminate().WaitAsync(Patience);
    }

    private static Task<string> Ask(IActorRef actor) => actor.Ask<string>("?", Patience);

    private sealed record Word(string Text);

    private sealed class Disposed : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Plain(Word word) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(word.Text);
    }

    private sealed class Greeter(Word word, string whom) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"{word.Text} {whom}");
    }
}
