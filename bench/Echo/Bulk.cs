using System.Net;
using System.Net.Sockets;

namespace Handoff.Bench.Echo;

// Sends as fast as the server takes it, and reads what comes back: a thread for each direction, whose calls block,
// which costs a client the least.
internal sealed class Bulk(int connections) : ILoad
{
    private const int BufferSize = 64 * 1024;

    private readonly StopSign _stop = new();
    private Task[] _threads = [];
    private long _received;

    public long Done => Volatile.Read(ref _received);

    public void Start(IPEndPoint server)
    {
        var sockets = Enumerable.Range(0, connections).Select(_ => ClientSocket.Connect(server)).ToArray();
        _threads = [.. sockets.SelectMany(socket => (Task[])[OwnThread.Run(() => Send(socket)),
            OwnThread.Run(() => Receive(socket))])];
    }

    public Task StopAsync()
    {
        _stop.Set();
        return Task.WhenAll(_threads);
    }

    private void Send(Socket socket)
    {
        var buffer = new byte[BufferSize];
        while (!_stop.IsSet) socket.Send(buffer);
        socket.Shutdown(SocketShutdown.Send);
    }

    private void Receive(Socket socket)
    {
        using (socket)
        {
            var buffer = new byte[BufferSize];
            while (socket.Receive(buffer) is > 0 and var received) Interlocked.Add(ref _received, received);
        }
    }
}
