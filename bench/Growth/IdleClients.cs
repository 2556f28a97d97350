using System.Net.Sockets;
using Handoff.Bench.Echo;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Growth;

// Connections to a server on which nothing happens.
internal sealed class IdleClients(ServerProcess server) : IDisposable
{
    // No more than a server's queue of connections to be accepted holds.
    private const int Batch = 250;

    private readonly List<Socket> _sockets = [];

    public async Task OpenAsync(int connections, CancellationToken stop)
    {
        while (_sockets.Count < connections)
        {
            var more = Math.Min(Batch, connections - _sockets.Count);
            for (var i = 0; i < more; i++) _sockets.Add(ClientSocket.Connect(server.EndPoint));
            await server.SettleAsync(_sockets.Count, stop);
        }
    }

    // By a reset: the ports of so many are wanted again soon.
    public void Dispose()
    {
        foreach (var socket in _sockets) socket.Close(timeout: 0);
    }
}
