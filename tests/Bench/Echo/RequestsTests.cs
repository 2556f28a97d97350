using System.Net;
using System.Net.Sockets;
using Handoff.Bench.Echo;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Tests.Echo;

public sealed class RequestsTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Each_connection_ends_with_a_whole_reply()
    {
        await using var server = RawServer.Start(RawServer.EchoAsync);
        var requests = await RunAsync(server);
        Assert.True(requests.Done >= 3, $"{requests.Done} requests");
    }

    [Fact]
    public async Task A_reply_that_is_not_the_request_fails_the_load()
    {
        await using var server = RawServer.Start(async socket => await socket.SendAsync(new byte[64]));
        var failure = await Assert.ThrowsAsync<BenchFailedException>(() => RunAsync(server));
        Assert.Equal("A reply is not that of its request.", failure.Message);
    }

    [Fact]
    public async Task A_server_that_closes_in_a_request_fails_the_load()
    {
        await using var server = RawServer.Start(async socket =>
        {
            await socket.ReceiveAsync(new byte[64]);
            socket.Shutdown(SocketShutdown.Send);
        });
        var failure = await Assert.ThrowsAsync<BenchFailedException>(() => RunAsync(server));
        Assert.StartsWith("The server closed", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<Requests> RunAsync(RawServer server)
    {
        var requests = new Requests(connections: 3, size: 64);
        requests.Start(new IPEndPoint(IPAddress.Loopback, server.Port));
        await requests.StopAsync().WaitAsync(Within);
        return requests;
    }
}
