using System.Net;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using ByteString = Akka.IO.ByteString;

namespace Handoff.Bench.Servers;

// The same by Akka.Streams' own TCP.
internal sealed class AkkaStreamsServer : IServer
{
    private readonly ActorSystem _system;
    private readonly Tcp.ServerBinding _binding;
    private readonly OpenConnections _open;

    private AkkaStreamsServer(ActorSystem system, Tcp.ServerBinding binding, OpenConnections open) =>
        (_system, _binding, _open) = (system, binding, open);

    public int Port => ((IPEndPoint)_binding.LocalAddress).Port;

    public int Connections => _open.Count;

    public static async Task<IServer> StartAsync()
    {
        var system = ActorSystem.Create("bench");
        var materializer = ActorMaterializer.Create(system);
        var open = new OpenConnections();
        var binding = await system.TcpStream()
            .Bind("127.0.0.1", 0, halfClose: true)
            .To(Sink.ForEach<Tcp.IncomingConnection>(connection => Echo(connection, materializer, open)))
            .Run(materializer);
        return new AkkaStreamsServer(system, binding, open);
    }

    public async ValueTask DisposeAsync()
    {
        await _binding.Unbind();
        await _system.Terminate();
        _system.Dispose();
    }

    private static void Echo(Tcp.IncomingConnection connection, IMaterializer materializer, OpenConnections open)
    {
        open.Opened();
        connection.HandleWith(
            Flow.Create<ByteString>().WatchTermination((_, ended) =>
            {
                ended.GetAwaiter().OnCompleted(open.Closed);
                return Akka.NotUsed.Instance;
            }),
            materializer);
    }
}
