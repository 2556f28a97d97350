using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

// How sources end, and how many wait for them.
public sealed class IntakeTests(ITestOutputHelper output)
    : StreamTestKit(output, "handoff.streams { max-waiting = 5, max-offers = 2 }")
{
    [Fact]
    public async Task A_listener_that_is_unbound_completes_a_stream_that_asks_for_nothing()
    {
        var (binding, sockets) = await ListenAsync();
        await binding.UnbindAsync().WaitAsync(Patience);
        await sockets.Ended.WaitAsync(Patience);
    }

    [Fact]
    public async Task What_waits_when_its_listener_is_unbound_is_given_before_the_end()
    {
        var (binding, sockets) = await ListenAsync();
        using var peer = await DialAsync(binding.EndPoint);
        await AwaitAssertAsync(async () => Assert.Single(await WaitingAsync()), Patience);
        // The offer is in the mailbox of one of the two by now, and taken out of it when they answer.
        Sys.ActorSelection("/system/handoff/$*").Tell(new Identify(null), TestActor);
        for (var i = 0; i < 2; i++) Assert.NotNull(ExpectMsg<ActorIdentity>().Subject);
        await binding.UnbindAsync().WaitAsync(Patience);
        await Open(await NextAsync(sockets)).SendAsync("alive");
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
        await CompletedAsync(sockets);
    }

    [Fact]
    public async Task A_listener_that_is_released_fails_its_stream()
    {
        var (binding, sockets) = await ListenAsync();
        var next = CreateTestProbe();
        binding.Handle.Socket.Tell(new Release(binding.Handle, next), TestActor);
        var offered = next.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, next), next);
        next.ExpectMsg<Acquired>();
        Assert.Equal(ResultCode.EESECURITY, (await FailsAsync(sockets.Ended)).Code);
    }

    [Fact]
    public async Task More_may_wait_where_the_command_says_so()
    {
        var (binding, sockets) = await ListenAsync(listen => listen with { MaxWaiting = 100 });
        var peers = new List<TestPeer>();
        for (var i = 0; i < 100; i++) peers.Add(await DialAsync(binding.EndPoint));
        await AwaitAssertAsync(async () => Assert.Equal(100, (await WaitingAsync()).Count), Patience);
        for (var i = 0; i < 100; i++) await NextAsync(sockets);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task The_bound_of_offers_is_not_that_of_a_listener()
    {
        var (opening, _) = OfferSource.Open(Handoff)
            .ToMaterialized(Sink.FromGraph(new PulledSink<IncomingSocket>()), Keep.Both)
            .Run(Materializer);
        var target = await opening.WaitAsync(Patience);
        var owned = new List<(IncomingSocket Socket, TestPeer Peer)>();
        for (var i = 0; i < 3; i++) owned.Add(await AcceptAsync());
        var releases = owned.Select(each => each.Socket.Socket.ReleaseAsync(target)).ToArray();
        var first = await (await Task.WhenAny(releases).WaitAsync(Patience));
        Assert.Equal(ResultCode.EESOCKNOTRLSD, first.Code);
        Assert.Contains("too many", first.Reason);
        owned.ForEach(each => each.Peer.Dispose());
    }

    [Fact]
    public async Task A_stream_that_stops_while_a_connection_is_on_its_way_leaves_none_behind()
    {
        var seed = Random.Shared.Next();
        Output!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var (binding, sockets) = await ListenAsync();
            var pulling = sockets.PullAsync();
            using var peer = await DialAsync(binding.EndPoint);
            for (var spins = random.Next(2000); spins > 0; spins--) Thread.SpinWait(10);
            await sockets.CancelAsync();
            if (await Record.ExceptionAsync(() => pulling) is null)
                await (await pulling).Value!.Socket.AbortAsync();
            await Record.ExceptionAsync(peer.ReceiveToEndAsync);
        }

        await AwaitAssertAsync(async () => Assert.Empty((await Handoff.StatusAsync()).Sockets), Patience);
    }

    [Fact]
    public async Task A_stream_that_is_left_again_and_again_leaves_nothing_of_itself_at_the_connection()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var former = await FormerAsync(socket);
        await AwaitAssertAsync(
            () =>
            {
                GC.Collect();
                Assert.False(former.IsAlive);
            },
            Patience);
        await Open(socket).SendAsync("alive");
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task A_connection_that_stages_drop_is_reset_once_it_is_collected()
    {
        var (binding, ended) = SocketSource.Listen(Handoff, AnyPort)
            .Where(incoming => incoming.Facts.Kind is SocketKind.Listener)
            .ToMaterialized(Sink.Ignore<IncomingSocket>(), Keep.Both)
            .Run(Materializer);
        using var peer = await DialAsync((await binding.WaitAsync(Patience)).EndPoint);
        var ending = peer.ReceiveToEndAsync();
        await AwaitAssertAsync(
            () =>
            {
                GC.Collect();
                Assert.True(ending.IsFaulted);
            },
            Patience);
        Assert.False(ended.IsCompleted);
    }

    [Fact]
    public async Task A_connection_that_was_taken_outlives_what_brought_it()
    {
        var (socket, peer) = await TakenAsync();
        using var _ = peer;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        await socket.Lease.Output.WriteAsync(Bytes("alive"));
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
    }

    private async Task<(OwnedSocket Socket, TestPeer Peer)> TakenAsync()
    {
        var (incoming, peer) = await AcceptAsync();
        return (incoming.Socket, peer);
    }

    private async Task<WeakReference> FormerAsync(IncomingSocket socket)
    {
        var marked = new object();
        var stream = Open(socket, new SocketFlowOptions { LeaveAfter = _ => marked is null });
        await stream.Detach.LeaveAsync(LeaveMode.Now).WaitAsync(Patience);
        return new WeakReference(marked);
    }

    // Offered, and not acquired yet.
    private async Task<IReadOnlyList<SocketStatus>> WaitingAsync() =>
        [.. (await Handoff.StatusAsync()).Sockets.Where(status => status.Offer is not null)];
}
