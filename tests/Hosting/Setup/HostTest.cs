using System.Net;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Handoff.Hosting.Tests.Setup;

public abstract class HostTest : IAsyncLifetime
{
    // Of waits that end as soon as what they wait for is there.
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected static readonly EndPoint AnyPort = new IPEndPoint(IPAddress.Loopback, 0);

    // Meters are of the whole process, and tell systems apart by their names.
    private static int s_systems;

    private readonly List<IHost> _hosts = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync().WaitAsync(Patience);
            host.Dispose();
        }
    }

    private protected async Task<IHost> StartAsync(
        Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? more = null)
    {
        var host = Build(akka, more);
        _hosts.Add(host);
        await host.StartAsync().WaitAsync(Patience);
        return host;
    }

    private protected static IHost Build(
        Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? more = null)
    {
        var builder = Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddSingleton(new Greeting("hello"));
        more?.Invoke(builder);
        builder.Services.AddAkka($"hosted{Interlocked.Increment(ref s_systems)}", configure =>
        {
            // A host that is stopped at the end of a test waits for nobody.
            configure.AddHocon(
                "akka { loggers = [], stdout-loglevel = OFF }\nhandoff.hosting.drain.finish-timeout = 1ms",
                HoconAddMode.Prepend);
            akka(configure);
        });
        return builder.Build();
    }

    private protected static ActorSystem SystemOf(IHost host) => host.Services.GetRequiredService<ActorSystem>();

    private protected static HandoffHost HandoffOf(IHost host) => HandoffHost.For(SystemOf(host));

    private protected static IActorRef ActorOf<T>(IHost host) =>
        host.Services.GetRequiredService<IRequiredActor<T>>().ActorRef;

    private protected static EndPoint EndPointOf(IHost host, string name) =>
        HandoffOf(host).Listener(name).EndPoint ?? throw new InvalidOperationException($"{name} is shut");
}
