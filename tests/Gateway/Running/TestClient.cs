using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Handoff.Gateway.Tests.Running;

// A TCP client that never waits for ever.
internal sealed class TestClient : IDisposable
{
    private readonly Socket _socket;
    private readonly CancellationTokenSource _within;

    private TestClient(Socket socket, TimeSpan within) =>
        (_socket, _within) = (socket, new CancellationTokenSource(within));

    public static async Task<TestClient> ConnectAsync(IPEndPoint endPoint, TimeSpan? within = null)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint);
        return new TestClient(socket, within ?? TimeSpan.FromMinutes(2));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0) bytes = bytes[await _socket.SendAsync(bytes, _within.Token)..];
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => _socket.ReceiveAsync(buffer, _within.Token);

    public async Task<byte[]> ReceiveAsync(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var n = await ReceiveAsync(bytes.AsMemory(have));
            if (n == 0) throw new EndOfStreamException($"The end came after {have} of {count} bytes.");
            have += n;
        }

        return bytes;
    }

    public async Task<byte[]> ReceiveToEndAsync()
    {
        using var all = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await ReceiveAsync(buffer) is var n and > 0) all.Write(buffer, 0, n);
        return all.ToArray();
    }

    public async Task<string> TextToEndAsync() => Encoding.Latin1.GetString(await ReceiveToEndAsync());

    // Sends, finishes, and returns all that comes.
    public async Task<string> AskAsync(string text)
    {
        await SendAsync(text);
        Finish();
        return await TextToEndAsync();
    }

    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public void Dispose()
    {
        _socket.Dispose();
        _within.Dispose();
    }
}
