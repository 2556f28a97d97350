using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Hosting;
using Handoff.Hosting.Tests.Setup;
using Handoff.Transport;
using Microsoft.Extensions.Hosting;

namespace Handoff.Hosting.Tests;

public sealed class ListenerTests : HostTest
{
    private sealed class Key;

    [Fact]
    public async Task A_connection_is_offered_to_an_owner_that_is_made_of_services_and_found_again()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff.Listen<Greeter>("door", AnyPort)));

        Assert.Equal("hello", await Client.GreetedAsync(EndPointOf(host, "door"), Patience));
        var owner = ActorOf<Greeter>(host);
        Assert.Equal("hello", await owner.Ask<string>("?", Patience));
        var listener = Assert.Single(HandoffOf(host).Listeners);
        Assert.Equal(("door", owner, SocketResult.Success), (listener.Name, listener.Owner, listener.Result));
        Assert.NotEqual(0, Assert.IsType<IPEndPoint>(listener.EndPoint).Port);
    }

    [Fact]
    public async Task An_owner_is_made_of_props_or_of_a_factory_and_found_by_its_key()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff
            .Listen<Key>("props", AnyPort, Props.Create(() => new Greeter(new Greeting("props"))))
            .Listen<Greeter>("factory", AnyPort, (_, registry, resolver) =>
                resolver.Props<Greeter>(new Greeting($"after {Assert.Single(registry).Key.Name}")))));

        Assert.Equal("props", await Client.GreetedAsync(EndPointOf(host, "props"), Patience));
        Assert.Equal("after Key", await Client.GreetedAsync(EndPointOf(host, "factory"), Patience));
        Assert.Equal("props", await ActorOf<Key>(host).Ask<string>("?", Patience));
        Assert.Equal("after Key", await ActorOf<Greeter>(host).Ask<string>("?", Patience));
    }

    [Fact]
    public async Task An_actor_that_the_host_has_is_the_owner_wherever_it_is_declared()
    {
        var host = await StartAsync(akka => akka
            .WithHandoff(handoff => handoff.Listen<Greeter>("door", AnyPort))
            .WithActors((system, registry) => registry.Register<Greeter>(
                system.ActorOf(Props.Create(() => new Greeter(new Greeting("known")))))));

        Assert.Equal("known", await Client.GreetedAsync(EndPointOf(host, "door"), Patience));
    }

    [Fact]
    public async Task Listeners_of_several_transports_have_one_owner()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var host = await StartAsync(akka => akka
            .WithHandoff(handoff => handoff.Listen<Greeter>("tcp", AnyPort))
            .WithHandoff(handoff => handoff.Listen<Greeter>("unix", new UnixDomainSocketEndPoint(path))));

        Assert.Equal(["tcp", "unix"], HandoffOf(host).Listeners.Select(listener => listener.Name));
        Assert.Single(HandoffOf(host).Listeners.Select(listener => listener.Owner).Distinct());
        Assert.Equal("hello", await Client.GreetedAsync(EndPointOf(host, "tcp"), Patience));
        Assert.Equal("hello", await Client.GreetedAsync(EndPointOf(host, "unix"), Patience));
        Assert.Throws<KeyNotFoundException>(() => HandoffOf(host).Listener("other"));
    }

    [Fact]
    public async Task A_listener_that_cannot_listen_is_the_failure_of_the_host()
    {
        using var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        other.Bind(AnyPort);
        other.Listen();
        using var host = Build(akka => akka.WithHandoff(
            handoff => handoff.Listen<Greeter>("door", other.LocalEndPoint)));

        var failure = await Assert.ThrowsAsync<SocketFailedException>(() => host.StartAsync().WaitAsync(Patience));

        Assert.Equal(ResultCode.EEADDRINUSE, failure.Code);
        Assert.Contains("listener door", failure.Message, StringComparison.Ordinal);
        await SystemOf(host).WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Props_for_a_key_that_has_an_actor_are_the_failure_of_the_host()
    {
        using var host = Build(akka => akka.WithHandoff(handoff => handoff
            .Listen<Key>("one", AnyPort, Props.Create(() => new Greeter(new Greeting("one"))))
            .Listen<Key>("two", AnyPort, Props.Create(() => new Greeter(new Greeting("two"))))));

        var failure = await Assert.ThrowsAsync<DuplicateActorRegistryException>(
            () => host.StartAsync().WaitAsync(Patience));

        Assert.Contains("listener two", failure.Message, StringComparison.Ordinal);
        await SystemOf(host).WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_listener_that_ends_by_itself_is_opened_again()
    {
        var host = await StartAsync(akka => akka.WithHandoff(
            "handoff.hosting.listen-again-after = 1ms",
            handoff => handoff.Listen<Greeter>("door", AnyPort)));
        var door = Assert.Single(HandoffOf(host).Doors);
        var shut = door.WhenAsync(state => state.EndPoint is null);

        SystemOf(host).ActorSelection("/system/handoff/listener-*").Tell(PoisonPill.Instance);

        Assert.Equal(ResultCode.EEABORTED, (await shut.WaitAsync(Patience)).Result.Code);
        var open = await door.WhenAsync(state => state.EndPoint is not null).WaitAsync(Patience);
        Assert.Equal("hello", await Client.GreetedAsync(open.EndPoint!, Patience));
    }

    [Fact]
    public async Task A_state_that_lasts_for_a_moment_is_not_missed_by_who_waits_for_it()
    {
        var door = new Door(
            new ListenerDeclaration("door", new ListenerOptions(), typeof(Greeter), Props: null), ActorRefs.Nobody);
        door.Opened(AnyPort);
        var shut = door.WhenAsync(state => state.EndPoint is null);

        door.Shut(SocketResult.Of(ResultCode.EEABORTED));
        door.Opened(AnyPort);

        Assert.Equal(ResultCode.EEABORTED, (await shut.WaitAsync(Patience)).Result.Code);
        Assert.Equal(AnyPort, door.State.EndPoint);
    }

    [Fact]
    public async Task A_listener_is_shut_for_good_once_the_owner_of_its_connections_has_stopped()
    {
        var host = await StartAsync(akka => akka.WithHandoff(handoff => handoff.Listen<Greeter>("door", AnyPort)));
        var (endPoint, owner) = (EndPointOf(host, "door"), ActorOf<Greeter>(host));
        var door = Assert.Single(HandoffOf(host).Doors);

        owner.Tell(PoisonPill.Instance);

        var shut = await door.WhenAsync(state => state.EndPoint is null).WaitAsync(Patience);
        Assert.Equal(
            new SocketResult(ResultCode.EEABORTED, "the owner of its connections has stopped"), shut.Result);
        await Client.WhenRefusedAsync(endPoint, Patience);
    }
}
