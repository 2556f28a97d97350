using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Bench.Servers;

// A listener of an actor system, whose connections go to one acceptor.
internal sealed class OwnServer : IServer
{
    private readonly OpenConnections _open;

    private readonly ActorSystem _system;
    private readonly ListeningSocket _listener;

    private OwnServer(ActorSystem system, ListeningSocket listener, OpenConnections open)
    {
        _system = system;
        _listener = listener;
        _open = open;
    }

    public int Port => ((IPEndPoint)_listener.EndPoint).Port;

    public int Connections => _open.Count;

    public static async Task<IServer> StartAsync(BenchSystem config, Func<OpenConnections, Props> acceptor)
    {
        var system = config.Create();
        var open = new OpenConnections();
        var listener = await HandoffExtension.For(system).ListenAsync(
            new IPEndPoint(IPAddress.Loopback, 0), system.ActorOf(acceptor(open)), mode: OfferMode.AnyHolder);
        return new OwnServer(system, listener, open);
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        await _system.Terminate();
        _system.Dispose();
    }
}
