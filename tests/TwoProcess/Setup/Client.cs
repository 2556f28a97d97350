using System.Net;
using System.Net.Sockets;
using Handoff.TwoProcess.Tests.Host;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>
/// The other end of the connection that moves. It sends all that it has from the start, and reads nothing until it is
/// told to, so that some of what is sent to it has no room anywhere.
/// </summary>
internal sealed class Client : IAsyncDisposable
{
    private const int SmallBuffer = 16 * 1024;
    private readonly Socket _socket;
    private readonly Dialogue _dialogue;
    private readonly Task<bool> _sending;

    private Client(Socket socket, Dialogue dialogue)
    {
        _socket = socket;
        _dialogue = dialogue;
        _sending = SendAllAsync();
    }

    public static async Task<Client> ConnectAsync(int port, Dialogue dialogue)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new Client(socket, dialogue);
    }

    // All that comes until the end, or until a reset.
    public async Task<byte[]> ReadAllAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(120)) is > 0 and var count)
                all.Write(buffer, 0, count);
        }
        catch (SocketException)
        {
            return all.ToArray(); // its owner died with unread bytes: that is the end, too
        }

        return all.ToArray();
    }

    // Whether everything could be sent.
    public Task<bool> SentAsync() => _sending;

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _sending;
    }

    private async Task<bool> SendAllAsync()
    {
        try
        {
            ReadOnlyMemory<byte> left = _dialogue.Inbound.All();
            while (!left.IsEmpty) left = left[await _socket.SendAsync(left)..];
            return true;
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
