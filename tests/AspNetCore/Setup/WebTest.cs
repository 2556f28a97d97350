using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Hosting;
using Handoff.AspNetCore.Ports;
using Handoff.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.AspNetCore.Tests.Setup;

public abstract class WebTest : IAsyncLifetime
{
    protected const string Port = "port";

    // Of waits that end as soon as what they wait for is there.
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<WebApplication> _applications = [];

    private protected Logs Logs { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var application in _applications)
        {
            await application.StopAsync().WaitAsync(Patience);
            await application.DisposeAsync();
        }
    }

    // A host with one port for Kestrel and for Lines, where every request is answered by what is given.
    private protected async Task<WebApplication> StartAsync(
        RequestDelegate answer,
        Action<KestrelServerOptions>? kestrel = null,
        Action<OnePortNames>? names = null,
        string hocon = "",
        Action<WebApplication>? middleware = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.AddProvider(Logs);
        builder.WebHost.UseKestrel(options =>
        {
            options.ListenHandoff("web");
            kestrel?.Invoke(options);
        }).UseHandoff();
        builder.Services.AddAkka("web", akka => akka
            .AddHocon(
                $$"""
                akka { loggers = [], stdout-loglevel = OFF }
                handoff.hosting.drain.finish-timeout = 1ms
                {{hocon}}
                """,
                HoconAddMode.Prepend)
            .WithHandoff(handoff => handoff.ListenOnePort<Lines>(
                Port, new IPEndPoint(IPAddress.Loopback, 0), names)));
        var application = builder.Build();
        _applications.Add(application);
        middleware?.Invoke(application);
        application.Run(answer);
        await application.StartAsync().WaitAsync(Patience);
        return application;
    }

    private protected static ActorSystem SystemOf(WebApplication application) =>
        application.Services.GetRequiredService<ActorSystem>();

    private protected static IPEndPoint EndPointOf(WebApplication application) =>
        (IPEndPoint)HandoffHost.For(SystemOf(application)).Listener(Port).EndPoint!;

    private protected static Uri UrlOf(WebApplication application, string scheme = "http") =>
        new($"{scheme}://{EndPointOf(application)}/");

    private protected static Task<NetworkStream> ConnectAsync(WebApplication application) =>
        ConnectAsync(EndPointOf(application));

    private protected static async Task<NetworkStream> ConnectAsync(EndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var bound = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(endPoint, bound.Token);
        return new NetworkStream(socket, ownsSocket: true)
        {
            ReadTimeout = (int)Patience.TotalMilliseconds,
        };
    }

    private protected static async Task WhenAsync(CancellationToken token)
    {
        var tripped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var waiting = token.Register(tripped.SetResult);
        await tripped.Task.WaitAsync(Patience, CancellationToken.None);
    }

    // Up to the end of the text that it waits for, which must come.
    private protected static async Task<string> ReadUntilAsync(Stream stream, string end)
    {
        using var bound = new CancellationTokenSource(Patience);
        var text = "";
        var one = new byte[1];
        while (!text.EndsWith(end, StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, bound.Token) == 0)
                throw new EndOfStreamException($"The end came after: {text}");
            text += (char)one[0];
        }

        return text;
    }

    private protected static async Task<string> ReadToEndAsync(Stream stream)
    {
        using var bound = new CancellationTokenSource(Patience);
        using var reader = new StreamReader(stream, leaveOpen: true);
        return await reader.ReadToEndAsync(bound.Token);
    }
}
