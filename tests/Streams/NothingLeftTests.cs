using System.Net.Sockets;
using Akka.Actor;
using Akka.Event;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.Streams.Stage;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

// Whatever way a stream ends, no socket, no actor and no dead letter is left of it.
public sealed class NothingLeftTests : StreamTestKit
{
    private readonly Akka.TestKit.TestProbe _letters;

    public NothingLeftTests(ITestOutputHelper output)
        : base(output)
    {
        _letters = CreateTestProbe();
        Sys.EventStream.Subscribe(_letters.Ref, typeof(DeadLetter));
    }

    [Fact]
    public async Task After_both_ends()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        peer.FinishSending();
        await CompletedAsync(stream.Output);
        stream.Input.Complete();
        Assert.Empty(await peer.ReceiveToEndAsync());
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_reset_of_the_peer()
    {
        var (socket, peer) = await AcceptAsync();
        var stream = Open(socket);
        await stream.Output.StartedAsync();
        peer.Reset();
        await FailsAsync(stream.Output.Ended);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_failure_of_the_stream()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var stream = Open(socket);
        stream.Input.Fail(new InvalidOperationException("mine"));
        await Assert.ThrowsAsync<InvalidOperationException>(stream.Output.PullAsync);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_stream_that_connected()
    {
        using var listener = Listener();
        var ended = Source.Single(Bytes("x"))
            .Via(SocketFlow.Connect(Handoff, listener.LocalEndPoint!))
            .RunWith(Sink.Ignore<ReadOnlyMemory<byte>>(), Materializer);
        using (var peer = new TestPeer(await listener.AcceptAsync().WaitAsync(Patience)))
        {
            Assert.Single(await peer.ReceiveToEndAsync());
        }

        await ended.WaitAsync(Patience);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_listener_that_was_closed_by_its_handle()
    {
        var (binding, sockets) = await ListenAsync();
        await AskForCloseAsync(binding);
        await CompletedAsync(sockets);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_command_to_listen_that_cannot_be_made()
    {
        var (binding, ended) = SocketSource.Listen(Handoff, AnyPort, _ => throw new InvalidOperationException("mine"))
            .ToMaterialized(Sink.Ignore<IncomingSocket>(), Keep.Both)
            .Run(Materializer);
        await Assert.ThrowsAsync<InvalidOperationException>(() => binding.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ended.WaitAsync(Patience));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_listener_that_cannot_listen()
    {
        using var taken = Listener();
        var (binding, _) = SocketSource.Listen(Handoff, taken.LocalEndPoint!)
            .ToMaterialized(Sink.Ignore<IncomingSocket>(), Keep.Both)
            .Run(Materializer);
        await FailsAsync(binding);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_stream_that_was_unbound_again_and_again()
    {
        var (binding, sockets) = await ListenAsync();
        await binding.UnbindAsync().WaitAsync(Patience);
        await CompletedAsync(sockets);
        await binding.UnbindAsync().WaitAsync(Patience);
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_stream_that_is_stopped_while_connections_wait_for_it()
    {
        var (binding, sockets) = await ListenAsync();
        var peers = new List<TestPeer>();
        for (var i = 0; i < 5; i++) peers.Add(await DialAsync(binding.EndPoint));
        await AwaitAssertAsync(
            async () => Assert.Equal(
                5, (await Handoff.StatusAsync()).Sockets.Count(status => status.Offer is not null)),
            Patience);
        await sockets.CancelAsync();
        foreach (var peer in peers) Assert.Empty(await peer.ReceiveToEndAsync());
        peers.ForEach(peer => peer.Dispose());
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_stream_that_is_stopped_while_it_begins_to_listen()
    {
        for (var i = 0; i < 20; i++)
        {
            var stopped = ActorMaterializer.Create(Sys, ActorMaterializerSettings.Create(Sys));
            _ = SocketSource.Listen(Handoff, AnyPort).To(Sink.Ignore<IncomingSocket>()).Run(stopped);
            if (i % 2 == 0) await Task.Yield();
            stopped.Shutdown();
        }

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task After_a_graph_that_could_not_be_materialized()
    {
        using var listener = Listener();
        Assert.ThrowsAny<Exception>(Listen);
        Assert.ThrowsAny<Exception>(() => Source.Maybe<ReadOnlyMemory<byte>>()
            .Via(SocketFlow.Connect(Handoff, listener.LocalEndPoint!))
            .To(Sink.FromGraph(new Impossible<ReadOnlyMemory<byte>>()))
            .Run(Materializer));
        await NothingIsLeftAsync();

        void Listen() => _ = SocketSource.Listen(Handoff, AnyPort)
            .To(Sink.FromGraph(new Impossible<IncomingSocket>()))
            .Run(Materializer);
    }

    private static Socket Listener()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(AnyPort);
        listener.Listen();
        return listener;
    }

    private async Task AskForCloseAsync(Binding binding)
    {
        binding.Handle.Socket.Tell(new Close(binding.Handle), TestActor);
        await binding.Closed.WaitAsync(Patience);
    }

    private async Task NothingIsLeftAsync()
    {
        foreach (var kind in (string[])["listener-*", "tcp-*", "$*"])
        {
            await AwaitAssertAsync(
                () =>
                {
                    Sys.ActorSelection($"/system/handoff/{kind}").Tell(new Identify(null), TestActor);
                    Assert.Null(ExpectMsg<ActorIdentity>().Subject);
                },
                Patience);
        }

        _letters.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
    }

    private sealed class Impossible<T> : GraphStage<SinkShape<T>>
    {
        public override SinkShape<T> Shape { get; } = new(new Inlet<T>("impossible.in"));

        protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
            throw new InvalidOperationException("impossible");
    }
}
