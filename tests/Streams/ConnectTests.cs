using System.Net.Sockets;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Transport;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

public sealed class ConnectTests(ITestOutputHelper output) : StreamTestKit(output)
{
    [Fact]
    public async Task A_stream_connects_to_a_stream_each_time_that_it_is_run()
    {
        var (binding, _) = SocketSource.Listen(Handoff, AnyPort)
            .ToMaterialized(
                Sink.ForEach<IncomingSocket>(
                    socket => socket.HandleWith(Flow.Create<ReadOnlyMemory<byte>>(), Materializer)),
                Keep.Both)
            .Run(Materializer);
        var flow = SocketFlow.Connect(Handoff, (await binding.WaitAsync(Patience)).EndPoint);
        for (var i = 0; i < 2; i++)
        {
            var all = await Source.From((string[])["one", "two", "three"])
                .Select(Bytes)
                .Via(flow)
                .RunWith(
                    Sink.Aggregate<ReadOnlyMemory<byte>, string>("", (sum, bytes) => sum + Text(bytes)), Materializer)
                .WaitAsync(Patience);
            Assert.Equal("onetwothree", all);
        }
    }

    [Fact]
    public async Task Where_nobody_listens_the_stream_and_what_it_materializes_fail_by_code()
    {
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(AnyPort);
        var (detach, ended) = Source.Maybe<ReadOnlyMemory<byte>>()
            .ViaMaterialized(SocketFlow.Connect(Handoff, nobody.LocalEndPoint!), Keep.Right)
            .ToMaterialized(Sink.Ignore<ReadOnlyMemory<byte>>(), Keep.Both)
            .Run(Materializer);
        Assert.Equal(ResultCode.EECONNREFUSED, (await FailsAsync(detach)).Code);
        Assert.Equal(ResultCode.EECONNREFUSED, (await FailsAsync(ended)).Code);
    }

    [Fact]
    public async Task What_is_given_and_completed_before_it_is_connected_is_sent()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        var ended = Source.Single(Bytes("early"))
            .Via(SocketFlow.Connect(Handoff, listener.LocalEndPoint!))
            .RunWith(Sink.Ignore<ReadOnlyMemory<byte>>(), Materializer);
        using var peer = new TestPeer(await listener.AcceptAsync().WaitAsync(Patience));
        Assert.Equal("early", System.Text.Encoding.ASCII.GetString(await peer.ReceiveToEndAsync()));
        peer.Dispose();
        await ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_was_ended_on_both_sides_before_it_is_connected_ends_without_a_reset()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        Source.Empty<ReadOnlyMemory<byte>>()
            .Via(SocketFlow.Connect(Handoff, listener.LocalEndPoint!))
            .To(Sink.Cancelled<ReadOnlyMemory<byte>>())
            .Run(Materializer);
        using var peer = new TestPeer(await listener.AcceptAsync().WaitAsync(Patience));
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_stream_that_ends_while_it_connects_leaves_no_connection_behind()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        var stopped = ActorMaterializer.Create(Sys);
        Source.Maybe<ReadOnlyMemory<byte>>()
            .Via(SocketFlow.Connect(Handoff, listener.LocalEndPoint!))
            .To(Sink.Ignore<ReadOnlyMemory<byte>>())
            .Run(stopped);
        stopped.Shutdown();
        using var peer = new TestPeer(await listener.AcceptAsync().WaitAsync(Patience));
        await Assert.ThrowsAsync<SocketException>(peer.ReceiveToEndAsync);
        await AwaitAssertAsync(async () => Assert.Empty((await Handoff.StatusAsync()).Sockets), Patience);
    }

    [Fact]
    public async Task A_connection_that_was_made_is_left_and_released_like_any_other()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        var opening = Source.Maybe<ReadOnlyMemory<byte>>()
            .ViaMaterialized(SocketFlow.Connect(Handoff, listener.LocalEndPoint!), Keep.Right)
            .To(Sink.Ignore<ReadOnlyMemory<byte>>())
            .Run(Materializer);
        using var peer = new TestPeer(await listener.AcceptAsync().WaitAsync(Patience));
        var left = await (await opening.WaitAsync(Patience)).LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
        var target = CreateTestProbe();
        var releasing = left.ReleaseAsync(target);
        await Take(target).Lease!.Output.WriteAsync(Bytes("another's"));
        Assert.True((await releasing.WaitAsync(Patience)).IsSuccess);
        Assert.Equal("another's", await peer.ReceiveTextAsync(9));
    }
}
