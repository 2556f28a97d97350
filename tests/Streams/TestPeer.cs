using System.Net.Sockets;

namespace Handoff.Streams.Tests;

// The other end of a connection: a plain socket with bounded waits.
public sealed class TestPeer(Socket socket) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Socket Socket => socket;

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        using var bound = new CancellationTokenSource(Patience);
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes, bound.Token)..];
    }

    public Task SendAsync(string text) => SendAsync(System.Text.Encoding.ASCII.GetBytes(text));

    public async Task<byte[]> ReceiveAsync(int count)
    {
        using var bound = new CancellationTokenSource(Patience);
        var bytes = new byte[count];
        var have = 0;
        while (have < count)
        {
            var got = await socket.ReceiveAsync(bytes.AsMemory(have), bound.Token);
            Assert.True(got > 0, $"the connection ended after {have} of {count} bytes");
            have += got;
        }

        return bytes;
    }

    public async Task<string> ReceiveTextAsync(int count) =>
        System.Text.Encoding.ASCII.GetString(await ReceiveAsync(count));

    public async Task<byte[]> ReceiveToEndAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        using var all = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int got;
        while ((got = await socket.ReceiveAsync(buffer, bound.Token)) > 0) all.Write(buffer, 0, got);
        return all.ToArray();
    }

    public void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    public void Dispose() => socket.Dispose();
}
