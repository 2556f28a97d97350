using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Handoff.AspNetCore.Tests.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Handoff.AspNetCore.Tests;

public sealed class OnePortTests : WebTest
{
    private const string Page = "the page\n";

    [Fact]
    public async Task HTTP_goes_to_Kestrel_and_the_rest_to_an_actor()
    {
        var application = await StartAsync(AnswerAsync);
        using var client = new HttpClient();
        Assert.Equal(Page, await client.GetStringAsync(UrlOf(application)));
        await using var other = await ConnectAsync(application);
        await other.WriteAsync("hi there\n"u8.ToArray());
        Assert.Equal("hello\nhi there\n", await ReadUntilAsync(other, "there\n"));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task First_bytes_that_come_one_at_a_time_are_the_first_that_Kestrel_reads()
    {
        var application = await StartAsync(AnswerAsync);
        await using var client = await ConnectAsync(application);
        foreach (var one in "DELETE /some HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"u8.ToArray())
            await client.WriteAsync(new[] { one });
        var answer = await ReadToEndAsync(client);
        Assert.StartsWith("HTTP/1.1 200 OK\r\n", answer, StringComparison.Ordinal);
        Assert.Contains(Page, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_bytes_that_are_almost_HTTP_are_the_first_that_the_actor_reads()
    {
        var application = await StartAsync(AnswerAsync);
        await using var client = await ConnectAsync(application);
        foreach (var one in "OPTIONAL\n"u8.ToArray()) await client.WriteAsync(new[] { one });
        Assert.Equal("hello\nOPTIONAL\n", await ReadUntilAsync(client, "AL\n"));
    }

    [Fact]
    public async Task Who_finishes_in_the_middle_of_a_word_is_the_actors()
    {
        var application = await StartAsync(AnswerAsync);
        await using var client = await ConnectAsync(application);
        await client.WriteAsync("GE"u8.ToArray());
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        Assert.Equal("hello\nGE", await ReadToEndAsync(client));
    }

    [Fact]
    public async Task Who_sends_nothing_is_dropped_in_time()
    {
        var application = await StartAsync(AnswerAsync, hocon: "handoff.accept-filter.timeout = 50ms");
        await using var client = await ConnectAsync(application);
        await Assert.ThrowsAsync<IOException>(() => ReadToEndAsync(client));
    }

    [Fact]
    public async Task HTTP_2_without_TLS_goes_to_an_endpoint_of_its_own()
    {
        var application = await StartAsync(
            AnswerAsync,
            kestrel => kestrel.ListenHandoff("h2c", listen => listen.Protocols = HttpProtocols.Http2),
            names => names.Http2 = "h2c");
        using var client = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Get, UrlOf(application))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal(Page, await response.Content.ReadAsStringAsync());
        Assert.Equal(Page, await client.GetStringAsync(UrlOf(application)));
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task A_WebSocket_goes_to_Kestrel()
    {
        var application = await StartAsync(
            async context =>
            {
                using var socket = await context.WebSockets.AcceptWebSocketAsync();
                var buffer = new byte[100];
                var received = await socket.ReceiveAsync(buffer, context.RequestAborted);
                await socket.SendAsync(
                    buffer.AsMemory(0, received.Count), received.MessageType, true, context.RequestAborted);
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", context.RequestAborted);
            },
            middleware: application => application.UseWebSockets());
        using var bound = new CancellationTokenSource(Patience);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(UrlOf(application, "ws"), bound.Token);
        await client.SendAsync("hi"u8.ToArray(), WebSocketMessageType.Text, true, bound.Token);
        var answer = new byte[100];
        var length = (await client.ReceiveAsync(answer, bound.Token)).Count;
        Assert.Equal("hi"u8.ToArray(), answer[..length]);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, bound.Token);
        Assert.Equal("bye", client.CloseStatusDescription);
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task Connections_of_one_request_each_leave_nothing_behind()
    {
        const int Connections = 400;
        const int Lanes = 8;
        var application = await StartAsync(AnswerAsync);
        using var client = new HttpClient { BaseAddress = UrlOf(application), Timeout = Patience };
        client.DefaultRequestHeaders.ConnectionClose = true;
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async _ =>
        {
            for (var i = 0; i < Connections / Lanes; i++) Assert.Equal(Page, await client.GetStringAsync(""));
        }));
        using var bound = new CancellationTokenSource(Patience);
        var handoff = HandoffExtension.For(SystemOf(application));
        while ((await handoff.StatusAsync()).Sockets.Count > 1) bound.Token.ThrowIfCancellationRequested();
        Assert.Empty(Logs.Lines);
    }

    [Fact]
    public async Task Ten_thousand_requests_are_answered_on_connections_that_stay_open()
    {
        const int Requests = 10_000;
        const int Lanes = 8;
        var application = await StartAsync(
            context => context.Response.WriteAsync(context.Connection.Id + context.Request.QueryString));
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Lanes };
        using var client = new HttpClient(handler) { BaseAddress = UrlOf(application), Timeout = Patience };
        var connections = new ConcurrentDictionary<string, int>();
        await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            for (var i = lane; i < Requests; i += Lanes)
            {
                var answer = (await client.GetStringAsync($"?{i}")).Split('?');
                Assert.Equal($"{i}", answer[1]);
                connections.AddOrUpdate(answer[0], 1, (_, count) => count + 1);
            }
        }));
        Assert.InRange(connections.Count, 1, Lanes);
        Assert.Equal(Requests, connections.Values.Sum());
        Assert.Empty(Logs.Lines);
    }

    private static Task AnswerAsync(HttpContext context) => context.Response.WriteAsync(Page);
}
