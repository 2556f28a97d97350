using System.Net;
using System.Net.Sockets;
using Handoff.Bench.Echo;

namespace Handoff.Bench.Spawning;

// Connects, says a line and hears it again or says nothing, and waits for the end, again and again.
internal sealed class Visits(int clients, bool speaks) : ILoad
{
    private readonly StopSign _stop = new();
    private Task[] _threads = [];
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public void Start(IPEndPoint server) =>
        _threads = [.. Enumerable.Range(0, clients).Select(_ => OwnThread.Run(() => Visit(server)))];

    public Task StopAsync()
    {
        _stop.Set();
        return Task.WhenAll(_threads);
    }

    private void Visit(IPEndPoint server)
    {
        var line = "hello\n"u8.ToArray();
        var buffer = new byte[line.Length];
        while (!_stop.IsSet)
        {
            using var socket = ClientSocket.Connect(server);
            if (speaks)
            {
                socket.Send(line);
                for (var heard = 0; heard < line.Length;) heard += Receive(socket, buffer.AsSpan(heard));
                if (!buffer.AsSpan().SequenceEqual(line))
                    throw new BenchFailedException("The program answered something else.");
                socket.Shutdown(SocketShutdown.Send);
            }

            if (socket.Receive(buffer) != 0) throw new BenchFailedException("The program said more than it should.");
            Interlocked.Increment(ref _done);
        }
    }

    private static int Receive(Socket socket, Span<byte> buffer) => socket.Receive(buffer) is > 0 and var count
        ? count
        : throw new BenchFailedException("The connection ended before the program answered.");
}
