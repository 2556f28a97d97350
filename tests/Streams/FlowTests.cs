using System.Security.Cryptography;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Streams.Tests;

// What users of Akka.Streams' own TCP expect of a connection.
public sealed class FlowTests(ITestOutputHelper output) : StreamTestKit(output)
{
    [Fact]
    public async Task Bytes_go_both_ways()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        await peer.SendAsync("hello");
        Assert.Equal("hello", await stream.ReceiveAsync(5));
        await stream.SendAsync("world");
        Assert.Equal("world", await peer.ReceiveTextAsync(5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(1_000_000)]
    [InlineData(5_000_000)]
    public async Task What_is_sent_comes_back_whole_through_an_echo(int size)
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer);
        var sent = RandomNumberGenerator.GetBytes(size);
        var sending = Task.Run(async () =>
        {
            await peer.SendAsync(sent);
            peer.FinishSending();
        });
        var received = await peer.ReceiveToEndAsync();
        await sending.WaitAsync(Patience);
        Assert.Equal(SHA256.HashData(sent), SHA256.HashData(received));
    }

    [Fact]
    public async Task The_end_of_the_peer_completes_the_output_and_writing_goes_on()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        await peer.SendAsync("last words");
        peer.FinishSending();
        Assert.Equal("last words", await stream.ReceiveAsync(10));
        await CompletedAsync(stream.Output);
        await stream.SendAsync("and mine");
        stream.Input.Complete();
        Assert.Equal("and mine", System.Text.Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
        Assert.Equal(SocketResult.Success, await socket.Socket.Closed.WaitAsync(Patience));
    }

    [Fact]
    public async Task The_end_of_the_input_is_the_peers_end_and_reading_goes_on()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        await stream.SendAsync("last words");
        stream.Input.Complete();
        Assert.Equal("last words", System.Text.Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
        await peer.SendAsync("and mine");
        Assert.Equal("and mine", await stream.ReceiveAsync(8));
        peer.FinishSending();
        await CompletedAsync(stream.Output);
        Assert.Equal(SocketResult.Success, await socket.Socket.Closed.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_peer_that_resets_fails_the_output_with_the_reason_and_cancels_the_input()
    {
        var (socket, peer) = await AcceptAsync();
        var stream = Open(socket);
        peer.Reset();
        var failure = await Assert.ThrowsAsync<SocketFailedException>(stream.Output.PullAsync);
        Assert.Equal(ResultCode.EERESET, failure.Code);
        await stream.Input.WatchCompletionAsync().WaitAsync(Patience).ContinueWith(_ => { });
        Assert.True(stream.Input.WatchCompletionAsync().IsCompleted);
        Assert.Null(await stream.Detach.Left.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_peer_that_resets_is_told_to_a_stream_that_asks_for_nothing()
    {
        var (socket, peer) = await AcceptAsync();
        var stream = Open(socket);
        await stream.Output.StartedAsync();
        peer.Reset();
        var failure = await FailsAsync(stream.Output.Ended);
        Assert.Equal(ResultCode.EERESET, failure.Code);
    }

    [Fact]
    public async Task A_failure_of_the_input_resets_the_peer_and_fails_the_output()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        stream.Input.Fail(new InvalidOperationException("mine"));
        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(stream.Output.PullAsync)).Message);
        await ResetAsync(peer);
    }

    [Fact]
    public async Task After_its_output_was_cancelled_a_flow_still_writes_and_closes_with_its_input()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        await peer.SendAsync("nobody asks for it");
        await stream.Output.CancelAsync();
        await stream.SendAsync("still here");
        Assert.Equal("still here", await peer.ReceiveTextAsync(10));
        stream.Input.Complete();
        Assert.Empty(await peer.ReceiveToEndAsync());
        Assert.Equal(SocketResult.Success, await socket.Socket.Closed.WaitAsync(Patience));
    }

    [Fact]
    public async Task After_its_output_was_cancelled_while_it_waits_a_flow_still_writes()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        var pending = stream.Output.PullAsync();
        await stream.Output.CancelAsync();
        await stream.SendAsync("still here");
        Assert.Equal("still here", await peer.ReceiveTextAsync(10));
        stream.Input.Complete();
        Assert.Empty(await peer.ReceiveToEndAsync());
        Assert.False(pending.IsCompletedSuccessfully);
        Assert.Equal(SocketResult.Success, await socket.Socket.Closed.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_stream_that_is_stopped_without_an_end_resets_the_peer()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stopped = ActorMaterializer.Create(Sys);
        socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), stopped);
        await peer.SendAsync("x");
        await peer.ReceiveAsync(1);
        stopped.Shutdown();
        await ResetAsync(peer);
    }

    [Fact]
    public async Task A_stage_that_throws_resets_the_peer()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        socket.HandleWith(
            Flow.Create<ReadOnlyMemory<byte>>()
                .Select<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, ReadOnlyMemory<byte>, Akka.NotUsed>(
                    _ => throw new InvalidOperationException("mine")),
            Materializer);
        await peer.SendAsync("x");
        await ResetAsync(peer);
    }

    [Fact]
    public async Task A_flow_of_a_socket_can_be_materialized_once()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var first = Open(socket);
        var flow = socket.Flow();
        var again = Source.Maybe<ReadOnlyMemory<byte>>()
            .Via(flow)
            .RunWith(Sink.Ignore<ReadOnlyMemory<byte>>(), Materializer);
        await first.SendAsync("x");
        await peer.ReceiveAsync(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => again.WaitAsync(Patience));
        await peer.SendAsync("y");
        Assert.Equal("y", await first.ReceiveAsync(1));
    }

    [Fact]
    public async Task Many_connections_echo_at_the_same_time()
    {
        const int Connections = 100;
        var (binding, running) = SocketSource.Listen(Handoff, AnyPort)
            .ToMaterialized(
                Sink.ForEach<IncomingSocket>(
                    socket => socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer)),
                Keep.Both)
            .Run(Materializer);
        var endPoint = (await binding.WaitAsync(Patience)).EndPoint;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async i =>
        {
            using var peer = await DialAsync(endPoint);
            for (var round = 0; round < 10; round++)
            {
                var text = $"{i}:{round};";
                await peer.SendAsync(text);
                Assert.Equal(text, await peer.ReceiveTextAsync(text.Length));
            }

            peer.FinishSending();
            Assert.Empty(await peer.ReceiveToEndAsync());
        }));
        await (await binding).UnbindAsync().WaitAsync(Patience);
        await running.WaitAsync(Patience);
    }

    private static async Task ResetAsync(TestPeer peer)
    {
        var gone = await Assert.ThrowsAsync<System.Net.Sockets.SocketException>(peer.ReceiveToEndAsync);
        Assert.Equal(System.Net.Sockets.SocketError.ConnectionReset, gone.SocketErrorCode);
    }
}
