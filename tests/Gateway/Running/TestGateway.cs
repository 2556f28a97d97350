using System.Net;
using Akka.Actor;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Hosting;
using Handoff.Gateway.Services;
using Handoff.Gateway.Upgrade;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Handoff.Gateway.Tests.Running;

// The gateway in a host of this process, on free ports.
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly StartResult.Started _started;

    private TestGateway(IHost host, StartResult.Started started)
    {
        _host = host;
        _started = started;
    }

    public ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    public static Task<TestGateway> StartAsync(params string[] blocks) =>
        StartAsync(ServiceCatalogue.Standard(TimeProvider.System), blocks);

    public static async Task<TestGateway> StartAsync(ServiceCatalogue catalogue, params string[] blocks)
    {
        var source = new ConfigSource("test.conf", Conf.Of(blocks));
        var settings = SettingsReader.Read(source, catalogue.Handlers) switch
        {
            SettingsResult.Valid(var valid) => valid,
            var other => throw new InvalidOperationException(other.ToString()),
        };
        var host = GatewayHost.Build(settings, catalogue, new RunOptions(OwnCommand.Of([])));
        await host.StartAsync();
        return new TestGateway(
            host, (StartResult.Started)host.Services.GetRequiredService<GatewayService>().Result!);
    }

    public IPEndPoint EndPointOf(string service) =>
        (IPEndPoint)_started.Services.Single(s => s.Settings.Name == service).EndPoint!;

    public Task<TestClient> ConnectAsync(string service) => TestClient.ConnectAsync(EndPointOf(service));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
