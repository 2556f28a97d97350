using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Configuration;
using Akka.Streams;
using Akka.Streams.Dsl;
using Akka.TestKit;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Streams.Tests;

// Real TCP on loopback: a peer is a plain .NET socket. Time passes when the test says so, where it says virtual.
public abstract class StreamTestKit : Akka.TestKit.Xunit2.TestKit
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    protected static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    private static readonly Config Common = ConfigurationFactory.ParseString(
        """
        akka.loglevel = WARNING
        akka.test.default-timeout = 20s
        akka.test.single-expect-default = 20s
        """);

    private static readonly Config VirtualTime = ConfigurationFactory.ParseString(
        "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"");

    protected StreamTestKit(ITestOutputHelper output, string config = "", bool virtualTime = false)
        : base(
            ConfigurationFactory.ParseString(config)
                .WithFallback(virtualTime ? VirtualTime.WithFallback(Common) : Common),
            actorSystemName: null,
            output) => Materializer = ActorMaterializer.Create(Sys);

    protected HandoffExtension Handoff => HandoffExtension.For(Sys);

    protected ActorMaterializer Materializer { get; }

    protected TestScheduler Time => (TestScheduler)Sys.Scheduler;

    protected static ReadOnlyMemory<byte> Bytes(string text) => Encoding.ASCII.GetBytes(text);

    protected static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);

    protected static async Task<TestPeer> DialAsync(EndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(endPoint).WaitAsync(Patience);
        return new TestPeer(socket);
    }

    protected static async Task<SocketFailedException> FailsAsync(Task task) =>
        await Assert.ThrowsAsync<SocketFailedException>(() => task.WaitAsync(Patience));

    internal async Task<(Binding Binding, PulledSink<IncomingSocket>.Puller Sockets)> ListenAsync(
        Func<Messages.Listen, Messages.Listen>? more = null)
    {
        var (binding, sockets) = SocketSource.Listen(Handoff, AnyPort, more)
            .ToMaterialized(Sink.FromGraph(new PulledSink<IncomingSocket>()), Keep.Both)
            .Run(Materializer);
        return (await binding.WaitAsync(Patience), sockets);
    }

    // A connection that a stream was given, and its peer.
    protected async Task<(IncomingSocket Socket, TestPeer Peer)> AcceptAsync()
    {
        var (binding, sockets) = await ListenAsync();
        var peer = await DialAsync(binding.EndPoint);
        var socket = await NextAsync(sockets);
        await binding.UnbindAsync().WaitAsync(Patience);
        return (socket, peer);
    }

    // A stream over it, whose elements the test gives and takes one at a time.
    internal OpenStream Open(IncomingSocket socket, SocketFlowOptions? options = null)
    {
        var ((input, detach), output) = Source.Queue<ReadOnlyMemory<byte>>(1, OverflowStrategy.Backpressure)
            .ViaMaterialized(socket.Flow(options), Keep.Both)
            .ToMaterialized(Sink.FromGraph(new PulledSink<ReadOnlyMemory<byte>>()), Keep.Both)
            .Run(Materializer);
        return new OpenStream(input, detach, output);
    }

    internal static async Task<T> NextAsync<T>(PulledSink<T>.Puller sink)
    {
        var (hasValue, value) = await sink.PullAsync();
        Assert.True(hasValue, "the stream has completed");
        return value!;
    }

    internal static async Task CompletedAsync<T>(PulledSink<T>.Puller sink) =>
        Assert.False((await sink.PullAsync()).HasValue, "there is one more element");

    // What a probe does that is offered a socket.
    protected static Messages.Acquired Take(TestProbe target)
    {
        var offered = target.ExpectMsg<Messages.Offered>();
        offered.Offer.Socket.Tell(new Messages.Acquire(offered.Offer, target), target);
        return target.ExpectMsg<Messages.Acquired>();
    }

    protected override void AfterAll()
    {
        Materializer.Shutdown();
        base.AfterAll();
    }

    internal sealed record OpenStream(
        ISourceQueueWithComplete<ReadOnlyMemory<byte>> Input,
        Detach Detach,
        PulledSink<ReadOnlyMemory<byte>>.Puller Output)
    {
        public async Task SendAsync(string text) => await SendAsync(Bytes(text));

        public async Task SendAsync(ReadOnlyMemory<byte> bytes) =>
            Assert.IsType<QueueOfferResult.Enqueued>(await Input.OfferAsync(bytes).WaitAsync(Patience));

        // As many bytes as there are chunks for.
        public async Task<string> ReceiveAsync(int count)
        {
            var all = new StringBuilder();
            while (all.Length < count) all.Append(Text(await NextAsync(Output)));
            Assert.Equal(count, all.Length);
            return all.ToString();
        }
    }
}
