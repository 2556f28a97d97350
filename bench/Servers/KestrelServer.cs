using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Bench.Servers;

// Kestrel without HTTP: a handler of connections.
internal sealed class KestrelServer : IServer
{
    private readonly WebApplication _application;
    private readonly EchoHandler _handler;

    private KestrelServer(WebApplication application)
    {
        _application = application;
        _handler = application.Services.GetRequiredService<EchoHandler>();
    }

    public int Port => new Uri(_application.Urls.First()).Port;

    public int Connections => _handler.Connections;

    public static async Task<IServer> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddSingleton<EchoHandler>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<EchoHandler>()));
        var application = builder.Build();
        await application.StartAsync();
        return new KestrelServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private sealed class EchoHandler : ConnectionHandler
    {
        private int _connections;

        public int Connections => Volatile.Read(ref _connections);

        public override async Task OnConnectedAsync(ConnectionContext connection)
        {
            Interlocked.Increment(ref _connections);
            try
            {
                await EchoAsync(connection);
            }
            finally
            {
                Interlocked.Decrement(ref _connections);
            }
        }

        private static async Task EchoAsync(ConnectionContext connection)
        {
            var (input, output) = (connection.Transport.Input, connection.Transport.Output);
            while (true)
            {
                var read = await input.ReadAsync();
                foreach (var part in read.Buffer) output.Write(part.Span);
                input.AdvanceTo(read.Buffer.End);
                var flushed = await output.FlushAsync();
                if (read.IsCompleted || flushed.IsCompleted) return;
            }
        }
    }
}
