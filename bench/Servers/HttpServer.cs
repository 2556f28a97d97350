using System.Net;
using Akka.Actor;
using Handoff.AspNetCore;
using Handoff.AspNetCore.Ports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Bench.Servers;

// One page of ASP.NET Core, on connections that come in one way or another.
internal sealed class HttpServer : IServer
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);
    private static readonly byte[] Page = [.. "Hello, World!"u8];

    private readonly WebApplication _application;
    private readonly OpenConnections _open;
    private readonly ActorSystem? _system;

    private HttpServer(WebApplication application, OpenConnections open, ActorSystem? system, int? port)
    {
        _application = application;
        _open = open;
        _system = system;
        Port = port ?? new Uri(application.Urls.Single()).Port;
    }

    public int Port { get; }

    public int Connections => _open.Count;

    public static Task<IServer> StartKestrelAsync() =>
        StartAsync(system: null, (kestrel, configure) => kestrel.Listen(AnyPort, configure));

    public static Task<IServer> StartAsync(BenchSystem config) =>
        StartAsync(config.Create(), (kestrel, configure) => kestrel.ListenHandoff("web", AnyPort, configure));

    public static async Task<IServer> StartOnePortAsync(BenchSystem config)
    {
        var system = config.Create();
        var targets = new OnePortTargets(system.DeadLetters) { Http1 = HandoffKestrel.For(system).Target("web") };
        var door = await HandoffExtension.For(system).ListenAsync(
            AnyPort, system.ActorOf(OnePort.Props(targets)), acceptFilter: OnePort.Filter);
        return await StartAsync(
            system,
            (kestrel, configure) => kestrel.ListenHandoff("web", configure),
            ((IPEndPoint)door.EndPoint).Port);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        if (_system is null) return;
        await _system.Terminate();
        _system.Dispose();
    }

    private static async Task<IServer> StartAsync(
        ActorSystem? system, Action<KestrelServerOptions, Action<ListenOptions>> listen, int? port = null)
    {
        var open = new OpenConnections();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => listen(kestrel, Counting(open)));
        if (system is not null)
        {
            builder.Services.AddSingleton(system);
            builder.WebHost.UseHandoff();
        }

        var application = builder.Build();
        application.Run(AnswerAsync);
        await application.StartAsync();
        return new HttpServer(application, open, system, port);
    }

    private static Action<ListenOptions> Counting(OpenConnections open) => options =>
        options.Use(next => async connection =>
        {
            open.Opened();
            try
            {
                await next(connection);
            }
            finally
            {
                open.Closed();
            }
        });

    private static Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/plain";
        context.Response.ContentLength = Page.Length;
        return context.Response.Body.WriteAsync(Page).AsTask();
    }
}
