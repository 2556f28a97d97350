using System.Net;

namespace Handoff.Bench.Echo;

// Connects, has one byte echoed, and closes, again and again.
internal sealed class Connects(int lanes) : ILoad
{
    private readonly StopSign _stop = new();
    private Task[] _threads = [];
    private long _done;

    public long Done => Volatile.Read(ref _done);

    public void Start(IPEndPoint server) =>
        _threads = [.. Enumerable.Range(0, lanes).Select(_ => OwnThread.Run(() => Connect(server)))];

    public Task StopAsync()
    {
        _stop.Set();
        return Task.WhenAll(_threads);
    }

    private void Connect(IPEndPoint server)
    {
        var one = new byte[1];
        while (!_stop.IsSet)
        {
            using var socket = ClientSocket.Connect(server);
            socket.Send(one);
            if (socket.Receive(one) != 1) throw new BenchFailedException("The server closed before it echoed.");
            Interlocked.Increment(ref _done);
        }
    }
}
