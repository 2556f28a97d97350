using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Bench.Descriptors;

// Connections on loopback: the descriptors that are moved, and the peer of each.
internal sealed class Connections : IDisposable
{
    private readonly Socket[] _peers;
    private readonly Socket[] _ends;
    private readonly byte[] _time = new byte[sizeof(long)];

    private Connections(Socket[] peers, Socket[] ends)
    {
        _peers = peers;
        _ends = ends;
        Descriptors = [.. ends.Select(end => new SocketDescriptor((int)end.Handle))];
    }

    // They stay here, to be moved again: whoever has them by a message has copies.
    public IReadOnlyList<SocketDescriptor> Descriptors { get; }

    public static async Task<Connections> OpenAsync(int count, CancellationToken stop)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(count);
        var (peers, ends) = (new Socket[count], new Socket[count]);
        for (var i = 0; i < count; i++)
        {
            peers[i] = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await peers[i].ConnectAsync(listener.LocalEndPoint!, stop);
            ends[i] = await listener.AcceptAsync(stop);
        }

        return new Connections(peers, ends);
    }

    // The peer of the last of them says something.
    public void Ask(int count) => _peers[count - 1].Send([1]);

    // When it was answered, by whoever had the connection.
    public long Answered(int count)
    {
        for (var got = 0; got < _time.Length;)
        {
            var received = _peers[count - 1].Receive(_time.AsSpan(got));
            if (received == 0) throw new BenchFailedException("A connection ended.");
            got += received;
        }

        return BitConverter.ToInt64(_time);
    }

    public void Dispose()
    {
        foreach (var descriptor in Descriptors) descriptor.Take();
        foreach (var socket in (Socket[])[.. _peers, .. _ends]) socket.Dispose();
    }
}
