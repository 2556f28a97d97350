using System.Net;
using System.Net.Sockets;

namespace Handoff.Bench.Echo;

internal static class ClientSocket
{
    // Of a call that blocks; a server that stalls for longer has failed.
    private const int TimeoutMilliseconds = 10_000;

    public static Socket Connect(IPEndPoint server)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            SendTimeout = TimeoutMilliseconds,
            ReceiveTimeout = TimeoutMilliseconds,
        };
        try
        {
            socket.Connect(server);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
