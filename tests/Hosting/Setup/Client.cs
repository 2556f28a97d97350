using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Handoff.Hosting.Tests.Setup;

// The other end, on the system's own sockets.
internal static class Client
{
    public static Socket To(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint
        ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);

    public static async Task<Socket> ConnectAsync(EndPoint endPoint, TimeSpan patience)
    {
        var socket = To(endPoint);
        using var time = new CancellationTokenSource(patience);
        await socket.ConnectAsync(endPoint, time.Token);
        return socket;
    }

    // A listener that was closed refuses once the last call on it has ended, which may be a moment later.
    public static async Task WhenRefusedAsync(EndPoint endPoint, TimeSpan patience)
    {
        using var time = new CancellationTokenSource(patience);
        while (true)
        {
            using var socket = To(endPoint);
            try
            {
                await socket.ConnectAsync(endPoint, time.Token);
            }
            catch (SocketException failed) when (failed.SocketErrorCode is SocketError.ConnectionRefused)
            {
                return;
            }
            catch (SocketException failed) when (failed.SocketErrorCode is SocketError.ConnectionReset)
            {
                // It was closed in the middle of it.
            }
        }
    }

    // All that comes until the end.
    public static async Task<string> ReadAsync(Socket socket, TimeSpan patience)
    {
        using var time = new CancellationTokenSource(patience);
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(time.Token);
    }

    public static async Task<string> GreetedAsync(EndPoint endPoint, TimeSpan patience)
    {
        using var socket = await ConnectAsync(endPoint, patience);
        return await ReadAsync(socket, patience);
    }
}
