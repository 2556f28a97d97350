using System.Net;
using System.Net.Sockets;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Tests.Servers;

public sealed class EchoTests
{
    private const int Bytes = 1_000_000;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ServerKind.LeasePool)]
    [InlineData(ServerKind.LeaseInline)]
    [InlineData(ServerKind.Streams)]
    [InlineData(ServerKind.Messages)]
    [InlineData(ServerKind.Raw)]
    [InlineData(ServerKind.Kestrel)]
    public async Task A_server_sends_back_what_it_was_sent_and_then_closes(string kind)
    {
        await using var server = await ServerKind.StartAsync(kind, "auto");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Port).WaitAsync(Within);
        var sent = new byte[Bytes];
        new Random(1).NextBytes(sent);
        var stream = client.GetStream();
        var sending = SendAsync(client.Client, sent);
        var received = new MemoryStream();
        await stream.CopyToAsync(received).WaitAsync(Within);
        await sending;
        Assert.Equal(sent, received.ToArray());
    }

    [Fact]
    public async Task There_is_no_server_of_another_name() =>
        await Assert.ThrowsAsync<ArgumentException>(() => ServerKind.StartAsync("steam", "auto"));

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty) bytes = bytes[await socket.SendAsync(bytes)..];
        socket.Shutdown(SocketShutdown.Send);
    }
}
