using System.Net;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Streams;

namespace Handoff.Bench.Servers;

// A stream for each connection, whose output is its input.
internal sealed class StreamServer : IServer
{
    private readonly ActorSystem _system;
    private readonly Binding _binding;
    private readonly OpenConnections _open;

    private StreamServer(ActorSystem system, Binding binding, OpenConnections open) =>
        (_system, _binding, _open) = (system, binding, open);

    public int Port => ((IPEndPoint)_binding.EndPoint).Port;

    public int Connections => _open.Count;

    public static async Task<IServer> StartAsync(BenchSystem config)
    {
        var system = config.Create();
        var materializer = ActorMaterializer.Create(system);
        var open = new OpenConnections();
        var listening = SocketSource
            .Listen(HandoffExtension.For(system), new IPEndPoint(IPAddress.Loopback, 0))
            .To(Sink.ForEach<IncomingSocket>(socket => Echo(socket, materializer, open)))
            .Run(materializer);
        return new StreamServer(system, await listening, open);
    }

    public async ValueTask DisposeAsync()
    {
        await _binding.UnbindAsync();
        await _system.Terminate();
        _system.Dispose();
    }

    private static void Echo(IncomingSocket socket, IMaterializer materializer, OpenConnections open)
    {
        open.Opened();
        socket.Socket.Closed.GetAwaiter().OnCompleted(open.Closed);
        socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), materializer);
    }
}
