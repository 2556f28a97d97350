using System.Net;
using System.Net.WebSockets;
using System.Text;
using WebSocketTakeover;

namespace Handoff.Examples.Tests;

public sealed class WebSocketTakeoverTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly RunningExample _program = RunningExample.Start(typeof(Desk), "0");
    private Uri _url = new("ws://nowhere");

    public async Task InitializeAsync()
    {
        var place = new Uri((await _program.LineAsync("at ", Patience))["at ".Length..]);
        _url = new UriBuilder(place) { Scheme = "ws", Path = "/desk" }.Uri;
    }

    public async Task DisposeAsync() => await _program.DisposeAsync();

    [Fact]
    public async Task One_actor_answers_two_WebSockets_that_ASP_NET_Core_has_accepted()
    {
        using var bound = new CancellationTokenSource(Patience);
        using var joe = new ClientWebSocket();
        using var ann = new ClientWebSocket();
        await joe.ConnectAsync(_url, bound.Token);
        await ann.ConnectAsync(_url, bound.Token);
        Assert.Equal("1: hello", await SayAsync(joe, "hello", bound.Token));
        Assert.Equal("2: and hello", await SayAsync(ann, "and hello", bound.Token));
        Assert.Equal("3: again", await SayAsync(joe, "again", bound.Token));
        await joe.CloseAsync(WebSocketCloseStatus.NormalClosure, "that was it", bound.Token);
        Assert.Equal((WebSocketState.Closed, "bye"), (joe.State, joe.CloseStatusDescription));
        Assert.Equal("4: still here", await SayAsync(ann, "still here", bound.Token));
    }

    [Fact]
    public async Task What_is_no_WebSocket_is_told_so()
    {
        using var client = new HttpClient { Timeout = Patience };
        using var response = await client.GetAsync(new UriBuilder(_url) { Scheme = "http" }.Uri);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private static async Task<string> SayAsync(ClientWebSocket socket, string text, CancellationToken stop)
    {
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, stop);
        var buffer = new byte[1024];
        var answer = await socket.ReceiveAsync(buffer, stop);
        return Encoding.UTF8.GetString(buffer, 0, answer.Count);
    }
}
