using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

public sealed class SourceTests(ITestOutputHelper output)
    : StreamTestKit(
        output, "handoff.streams { max-waiting = 2, take-within = 30s, max-offers = 2 }", virtualTime: true)
{
    [Fact]
    public async Task A_listener_that_is_unbound_completes_the_stream_and_leaves_its_connections_alone()
    {
        var (binding, sockets) = await ListenAsync();
        using var peer = await DialAsync(binding.EndPoint);
        var socket = await NextAsync(sockets);
        await binding.UnbindAsync().WaitAsync(Patience);
        await CompletedAsync(sockets);
        var stream = Open(socket);
        await stream.SendAsync("alive");
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
        Assert.Equal(SocketResult.Success, await binding.Closed.WaitAsync(Patience));
    }

    [Fact]
    public async Task Where_it_cannot_listen_stream_and_binding_fail_by_code()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(AnyPort);
        taken.Listen();
        var (binding, ended) = SocketSource.Listen(Handoff, taken.LocalEndPoint!)
            .ToMaterialized(Sink.Ignore<IncomingSocket>(), Keep.Both)
            .Run(Materializer);
        Assert.Equal(ResultCode.EEADDRINUSE, (await FailsAsync(binding)).Code);
        Assert.Equal(ResultCode.EEADDRINUSE, (await FailsAsync(ended)).Code);
    }

    [Fact]
    public async Task No_more_connections_than_the_bound_are_accepted_before_they_are_asked_for()
    {
        var (binding, sockets) = await ListenAsync();
        var peers = new List<TestPeer>();
        for (var i = 0; i < 5; i++) peers.Add(await DialAsync(binding.EndPoint));
        await AwaitAssertAsync(async () => Assert.Equal(2, (await WaitingAsync()).Count), Patience);
        var heard = new SortedSet<string>();
        for (var i = 0; i < 5; i++) await peers[i].SendAsync($"{i}");
        for (var i = 0; i < 5; i++) heard.Add(await Open(await NextAsync(sockets)).ReceiveAsync(1));
        Assert.Equal(["0", "1", "2", "3", "4"], heard);
        Assert.Empty(await WaitingAsync());
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task A_connection_that_is_not_asked_for_in_time_is_closed_and_the_next_one_is_given()
    {
        var (binding, sockets) = await ListenAsync();
        using var late = await DialAsync(binding.EndPoint);
        await AwaitAssertAsync(async () => Assert.Single(await WaitingAsync()), Patience);
        Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Empty(await late.ReceiveToEndAsync());
        using var peer = await DialAsync(binding.EndPoint);
        await peer.SendAsync("next");
        Assert.Equal("next", await Open(await NextAsync(sockets)).ReceiveAsync(4));
    }

    [Fact]
    public async Task A_stream_that_is_cancelled_closes_its_listener_and_leaves_its_connections_alone()
    {
        var (binding, sockets) = await ListenAsync();
        using var peer = await DialAsync(binding.EndPoint);
        var stream = Open(await NextAsync(sockets));
        using var waiting = await DialAsync(binding.EndPoint);
        await AwaitAssertAsync(async () => Assert.Single(await WaitingAsync()), Patience);
        await sockets.CancelAsync();
        Assert.True((await binding.Closed.WaitAsync(Patience)).IsSuccess);
        await Assert.ThrowsAsync<SocketException>(() => DialAsync(binding.EndPoint));
        Assert.Empty(await waiting.ReceiveToEndAsync());
        await stream.SendAsync("alive");
        Assert.Equal("alive", await peer.ReceiveTextAsync(5));
    }

    [Fact]
    public async Task A_released_connection_comes_with_what_was_sent_along_and_what_is_unread()
    {
        var (target, offers) = await OffersAsync();
        var (owner, acquired, peer) = await OwnAsync();
        using var _ = peer;
        await peer.SendAsync("unread");
        var release = new Release(acquired.Handle, target) { Attachment = "attached" };
        acquired.Handle.Socket.Tell(release, owner);
        var socket = await NextAsync(offers);
        owner.ExpectMsg<Released>();
        Assert.Equal(("attached", owner.Ref), (socket.Attachment, socket.From));
        Assert.Equal("unread", await Open(socket).ReceiveAsync(6));
    }

    [Fact]
    public async Task An_offer_that_is_not_asked_for_in_time_reverts_and_is_not_given_later()
    {
        var (target, offers) = await OffersAsync();
        var (owner, acquired, peer) = await OwnAsync();
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target), owner);
        await AwaitAssertAsync(async () => Assert.Single(await WaitingAsync()), Patience);
        Time.Advance(Handoff.Settings.OfferTimeout);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { Attachment = "again" }, owner);
        Assert.Equal("again", (await NextAsync(offers)).Attachment);
    }

    [Fact]
    public async Task Offers_over_the_bound_are_declined()
    {
        var (target, offers) = await OffersAsync();
        var owned = new List<(Akka.TestKit.TestProbe Owner, Acquired Acquired, TestPeer Peer)>();
        for (var i = 0; i < 3; i++)
        {
            owned.Add(await OwnAsync());
            owned[i].Acquired.Handle.Socket.Tell(new Release(owned[i].Acquired.Handle, target), owned[i].Owner);
            if (i < 2) await AwaitAssertAsync(async () => Assert.Equal(i + 1, (await WaitingAsync()).Count), Patience);
        }

        var failed = owned[2].Owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal((OfferOutcome.Declined, true), (failed.Outcome, failed.Result.Reason.Contains("too many")));
        await NextAsync(offers);
        await NextAsync(offers);
        owned.ForEach(each => each.Peer.Dispose());
    }

    [Fact]
    public async Task What_is_no_connection_is_declined()
    {
        var (target, offers) = await OffersAsync();
        var pending = offers.PullAsync();
        var owner = CreateTestProbe();
        Handoff.Sockets.Tell(new Bind(AnyPort, owner), owner);
        var acquired = owner.ExpectMsg<Acquired>();
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target), owner);
        Assert.Contains("takes connections", owner.ExpectMsg<ReleaseFailed>().Result.Reason);
        Assert.False(pending.IsCompleted);
    }

    [Fact]
    public async Task When_the_stream_ends_what_is_on_offer_to_it_reverts()
    {
        var (target, offers) = await OffersAsync();
        var (owner, acquired, peer) = await OwnAsync();
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target), owner);
        await AwaitAssertAsync(async () => Assert.Single(await WaitingAsync()), Patience);
        await offers.CancelAsync();
        Assert.NotEqual(OfferOutcome.Acquired, owner.ExpectMsg<ReleaseFailed>().Outcome);
        var later = new Release(acquired.Handle, target);
        acquired.Handle.Socket.Tell(later, owner);
        Assert.Same(later, owner.ExpectMsg<ReleaseFailed>().Release);
    }

    // Offered, and not acquired yet.
    private async Task<IReadOnlyList<SocketStatus>> WaitingAsync() =>
        [.. (await Handoff.StatusAsync()).Sockets.Where(status => status.Offer is not null)];

    private async Task<(IActorRef Target, PulledSink<IncomingSocket>.Puller Offers)> OffersAsync()
    {
        var (target, offers) = OfferSource.Open(Handoff)
            .ToMaterialized(Sink.FromGraph(new PulledSink<IncomingSocket>()), Keep.Both)
            .Run(Materializer);
        return (await target.WaitAsync(Patience), offers);
    }

    private async Task<(Akka.TestKit.TestProbe Owner, Acquired Acquired, TestPeer Peer)> OwnAsync()
    {
        var (listener, owner) = (CreateTestProbe(), CreateTestProbe());
        Handoff.Sockets.Tell(new Listen(AnyPort, listener, owner), listener);
        var listening = listener.ExpectMsg<Listening>();
        var peer = await DialAsync(listening.EndPoint);
        return (owner, Take(owner), peer);
    }
}
