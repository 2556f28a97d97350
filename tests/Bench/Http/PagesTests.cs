using System.Net;
using System.Net.Sockets;
using Handoff.Bench.Http;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Tests.Http;

public sealed class PagesTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(ServerKind.HttpPool)]
    [InlineData(ServerKind.HttpInline)]
    [InlineData(ServerKind.HttpOnePort)]
    [InlineData(ServerKind.HttpKestrel)]
    public async Task A_server_answers_on_connections_that_stay_open_and_sees_them_end(string kind)
    {
        await using var server = await ServerKind.StartAsync(kind, "auto");
        var pages = new Pages(connections: 3);
        pages.Start(new IPEndPoint(IPAddress.Loopback, server.Port));
        await pages.StopAsync().WaitAsync(Within);
        Assert.True(pages.Done >= 3, $"{pages.Done} pages");
        using var settled = new CancellationTokenSource(Within);
        while (server.Connections != 0)
        {
            settled.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    [Fact]
    public async Task An_answer_that_is_no_page_fails_the_load()
    {
        await using var server = RawServer.Start(async socket =>
            await socket.SendAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"u8.ToArray()));
        var pages = new Pages(connections: 1);
        pages.Start(new IPEndPoint(IPAddress.Loopback, server.Port));
        await Assert.ThrowsAsync<BenchFailedException>(() => pages.StopAsync().WaitAsync(Within));
    }

    [Fact]
    public async Task A_server_that_closes_at_once_fails_the_load()
    {
        await using var server = RawServer.Start(socket =>
        {
            socket.Shutdown(SocketShutdown.Send);
            return Task.CompletedTask;
        });
        var pages = new Pages(connections: 1);
        var place = new IPEndPoint(IPAddress.Loopback, server.Port);
        Assert.Throws<BenchFailedException>(() => pages.Start(place));
    }
}
