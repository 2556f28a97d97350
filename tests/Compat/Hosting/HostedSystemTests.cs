using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Handoff.Compat.Tests.Hosting;

public sealed class HostedSystemTests : HostTest
{
    [Fact]
    public async Task The_host_starts_a_system_and_its_actors_and_stops_it_through_all_phases()
    {
        var host = await Start(akka => akka.WithActors((system, registry) =>
            registry.Register<Echo>(system.ActorOf(Props.Create(() => new Echo()), "echo"))));
        var system = SystemOf(host);
        Assert.Equal("hosted", system.Name);
        var echo = host.Services.GetRequiredService<IRequiredActor<Echo>>();
        Assert.Equal("m", await echo.ActorRef.Ask<string>("m", Patience));
        var stopped = false;
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "stop", () =>
        {
            stopped = true;
            return Task.FromResult(Akka.Done.Instance);
        });

        await host.StopAsync().WaitAsync(Patience);

        Assert.True(stopped);
        Assert.True(system.WhenTerminated.IsCompleted);
        Assert.Same(CoordinatedShutdown.ClrExitReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task Actors_are_started_first_and_then_what_else_has_to_be_done_each_in_order()
    {
        var order = new List<string>();
        var host = await Start(akka => akka
            .AddStartup((_, _) => order.Add("startup 1"))
            .AddStartup(async (_, _) =>
            {
                await Task.Yield();
                order.Add("startup 2");
            })
            .WithActors((_, _) => order.Add("actors 1"))
            .WithActors(async (_, _) =>
            {
                await Task.Yield();
                order.Add("actors 2");
            })
            .StartActors((_, _) => order.Add("actors 3"))
            .StartActors(async (_, _) =>
            {
                await Task.Yield();
                order.Add("actors 4");
            }));

        Assert.Equal(["actors 1", "actors 2", "actors 3", "actors 4", "startup 1", "startup 2"], order);
        Assert.NotNull(host);
    }

    [Fact]
    public async Task A_system_that_ends_by_itself_stops_the_application()
    {
        var host = await Start(_ => { });
        var stopping = new TaskCompletionSource();
        host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);

        await SystemOf(host).Terminate().WaitAsync(Patience);

        await stopping.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_failure_while_starting_is_the_failure_of_the_host_and_ends_the_system()
    {
        ActorSystem? system = null;
        using var host = Build(akka => akka.WithActors((s, _) =>
        {
            system = s;
            throw new InvalidOperationException("boom");
        }));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync().WaitAsync(Patience));

        Assert.Equal("boom", failure.Message);
        await system!.WhenTerminated.WaitAsync(Patience);
    }

    [Fact]
    public async Task Extensions_are_loaded_with_those_that_the_configuration_names()
    {
        var host = await Start(akka => akka
            .AddHocon($"akka.extensions = [\"{typeof(ThirdId).AssemblyQualifiedName}\"]", HoconAddMode.Prepend)
            .WithExtension<FirstId>()
            .WithExtensions(typeof(SecondId), typeof(FirstId)));

        Assert.Equal(3, ConfigOf(host).GetStringList("akka.extensions").Count);
        Assert.True(SystemOf(host).HasExtension<First>());
        Assert.True(SystemOf(host).HasExtension<Second>());
        Assert.True(SystemOf(host).HasExtension<Third>());
    }

    [Fact]
    public void What_is_no_extension_is_refused()
    {
        var builder = new AkkaConfigurationBuilder(new ServiceCollection(), "s");

        Assert.Throws<ConfigurationException>(() => builder.WithExtensions(typeof(string)));
        Assert.Throws<ConfigurationException>(() => builder.WithExtensions(typeof(IExtensionId)));
        Assert.Throws<ConfigurationException>(() => builder.WithExtension<IExtensionId>());
    }

    [Fact]
    public async Task A_setup_reaches_the_system_and_the_configuration_of_a_bootstrap_setup_too()
    {
        var host = await Start(akka =>
        {
            akka.AddSetup(new OfMyOwn("mine"));
            akka.AddSetup(BootstrapSetup.Create().WithConfig("my.key = 1"));
            Assert.Contains(akka.Setups, s => s is OfMyOwn);
        });

        Assert.Equal("mine", SystemOf(host).Settings.Setup.Get<OfMyOwn>().Value.Text);
        Assert.Equal(1, ConfigOf(host).GetInt("my.key"));
    }

    [Fact]
    public async Task The_services_are_at_hand_while_the_system_is_configured_and_the_service_can_be_ones_own()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton(new OfMyOwn("given"));
        builder.Services.AddAkka<Watchful>("own", (akka, services) => akka
            .AddHocon("akka { loggers = [], stdout-loglevel = OFF }", HoconAddMode.Prepend)
            .AddHocon($"my.text = {services.GetRequiredService<OfMyOwn>().Text}", HoconAddMode.Prepend));
        using var host = builder.Build();

        await host.StartAsync().WaitAsync(Patience);
        var service = Assert.IsType<Watchful>(Assert.Single(host.Services.GetServices<IHostedService>()));
        Assert.Equal("own given", service.Seen);
        await host.StopAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task AddAkka_with_services_uses_the_usual_service()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka("plain", (akka, _) =>
            akka.AddHocon("akka { loggers = [], stdout-loglevel = OFF }", HoconAddMode.Prepend));
        using var host = builder.Build();

        await host.StartAsync().WaitAsync(Patience);
        Assert.IsType<AkkaHostedService>(Assert.Single(host.Services.GetServices<IHostedService>()));
        await host.StopAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task A_service_that_was_never_started_can_be_stopped()
    {
        var service = new AkkaHostedService(
            new AkkaConfigurationBuilder(new ServiceCollection(), "s"), new ServiceCollection().BuildServiceProvider(),
            NullLogger<AkkaHostedService>.Instance, null);

        await service.StopAsync(CancellationToken.None).WaitAsync(Patience);
    }

    private sealed class OfMyOwn(string text) : Setup
    {
        public string Text => text;
    }

    private sealed class Watchful(
        AkkaConfigurationBuilder builder, IServiceProvider services, ILogger<AkkaHostedService> logger,
        IHostApplicationLifetime lifetime) : AkkaHostedService(builder, services, logger, lifetime)
    {
        public string? Seen { get; private set; }

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await base.StartAsync(cancellationToken);
            Assert.NotNull(ServiceProvider);
            Assert.NotNull(HostApplicationLifetime);
            Assert.NotNull(Logger);
            Assert.Same(ConfigurationBuilder, ServiceProvider.GetRequiredService<AkkaConfigurationBuilder>());
            Assert.Same(CoordinatedShutdown, CoordinatedShutdown.Get(ActorSystem));
            Seen = $"{ActorSystem!.Name} {ActorSystem.Settings.Config.GetString("my.text")}";
        }
    }

    private sealed class First : IExtension;

    private sealed class Second : IExtension;

    private sealed class Third : IExtension;

    private sealed class FirstId : ExtensionIdProvider<First>
    {
        public override First CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class SecondId : ExtensionIdProvider<Second>
    {
        public override Second CreateExtension(ExtendedActorSystem system) => new();
    }

    private sealed class ThirdId : ExtensionIdProvider<Third>
    {
        public override Third CreateExtension(ExtendedActorSystem system) => new();
    }
}
