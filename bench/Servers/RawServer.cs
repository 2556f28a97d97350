using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Handoff.Bench.Servers;

// Sockets and nothing round them: one loop a connection.
internal sealed class RawServer : IServer
{
    private const int BufferSize = 64 * 1024;
    private const int Backlog = 512;

    private readonly Socket _listener;
    private readonly Func<Socket, Task> _serve;
    private int _connections;

    private RawServer(Socket listener, Func<Socket, Task> serve)
    {
        _listener = listener;
        _serve = serve;
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        Accepting = AcceptAsync();
    }

    public int Port { get; }

    public int Connections => Volatile.Read(ref _connections);

    private Task Accepting { get; }

    // Each ends with its connection and keeps what it throws to itself.
    private Task LastServed { get; set; } = Task.CompletedTask;

    public static RawServer Start(Func<Socket, Task> serve)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(Backlog);
        return new RawServer(listener, serve);
    }

    public static async Task EchoAsync(Socket socket)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory()) is > 0 and var received)
            {
                for (var sent = 0; sent < received;) sent += await socket.SendAsync(buffer.AsMemory(sent..received));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Holds no buffer: a receive of nothing ends when there is something, which here is the end.
    public static async Task WaitAsync(Socket socket) => await socket.ReceiveAsync(Memory<byte>.Empty);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await Accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                Interlocked.Increment(ref _connections);
                LastServed = ServeAsync(socket);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.OperationAborted)
        {
            // The listener was disposed of.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using (socket) await _serve(socket);
        }
        catch (SocketException)
        {
            // A client that is gone ends its connection and nothing else.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
