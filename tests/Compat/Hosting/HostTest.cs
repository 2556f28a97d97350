using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Handoff.Compat.Tests.Hosting;

public abstract class HostTest : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

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

    protected async Task<IHost> Start(
        Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? more = null)
    {
        var host = Build(akka, more);
        _hosts.Add(host);
        await host.StartAsync().WaitAsync(Patience);
        return host;
    }

    protected static IHost Build(
        Action<AkkaConfigurationBuilder> akka, Action<HostApplicationBuilder>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        more?.Invoke(builder);
        builder.Services.AddAkka("hosted", configure =>
        {
            configure.AddHocon("akka { loggers = [], stdout-loglevel = OFF }", HoconAddMode.Prepend);
            akka(configure);
        });
        return builder.Build();
    }

    protected static ActorSystem SystemOf(IHost host) => host.Services.GetRequiredService<ActorSystem>();

    protected static Config ConfigOf(IHost host) => SystemOf(host).Settings.Config;

    private protected sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
