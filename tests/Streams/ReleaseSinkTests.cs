using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;
using Keep = Akka.Streams.Dsl.Keep;

namespace Handoff.Streams.Tests;

public sealed class ReleaseSinkTests(ITestOutputHelper output) : StreamTestKit(output)
{
    [Fact]
    public async Task Accepted_connections_are_handed_on_with_their_bytes_and_the_outcomes_are_counted()
    {
        var target = CreateTestProbe();
        var (binding, totals) = SocketSource.Listen(Handoff, AnyPort)
            .Select(incoming => incoming.Socket)
            .ToMaterialized(ReleaseSink.To(target), Keep.Both)
            .Run(Materializer);
        var endPoint = (await binding.WaitAsync(Patience)).EndPoint;
        for (var i = 0; i < 3; i++)
        {
            using var peer = await DialAsync(endPoint);
            await peer.SendAsync($"{i}");
            var lease = Take(target).Lease!;
            await lease.Output.WriteAsync((await lease.Input.ReadAsync().AsTask().WaitAsync(Patience)).Buffer.First);
            Assert.Equal($"{i}", await peer.ReceiveTextAsync(1));
        }

        await (await binding).UnbindAsync().WaitAsync(Patience);
        var end = await totals.WaitAsync(Patience);
        Assert.Equal((3, 0), (end.Released, end.Failed.Count));
    }

    [Fact]
    public async Task What_nobody_acquires_is_closed_and_counted_by_its_code()
    {
        var target = CreateTestProbe();
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var totals = Source.Single(socket.Socket).RunWith(ReleaseSink.To(target), Materializer);
        Decline(target);
        Assert.Empty(await peer.ReceiveToEndAsync());
        var end = await totals.WaitAsync(Patience);
        Assert.Equal((0, 1), (end.Released, end.Failed[ResultCode.EESOCKNOTRLSD]));
    }

    [Fact]
    public async Task What_nobody_acquires_is_whoevers_was_named_for_it()
    {
        var target = CreateTestProbe();
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var back = new TaskCompletionSource<(OwnedSocket, SocketResult)>();
        var options = new ReleaseOptions
        {
            OnFailed = (failed, why) =>
            {
                back.SetResult((failed, why));
                return Task.CompletedTask;
            },
        };
        var totals = Source.Single(socket.Socket).RunWith(ReleaseSink.To(target, options), Materializer);
        Decline(target);
        var (owned, result) = await back.Task.WaitAsync(Patience);
        Assert.Equal((socket.Socket, ResultCode.EESOCKNOTRLSD), (owned, result.Code));
        Assert.Equal(1, (await totals.WaitAsync(Patience)).Failed[ResultCode.EESOCKNOTRLSD]);
        await owned.Lease.Output.WriteAsync(Bytes("mine again"));
        Assert.Equal("mine again", await peer.ReceiveTextAsync(10));
    }

    [Fact]
    public async Task No_more_are_on_offer_at_the_same_time_than_was_said()
    {
        var target = CreateTestProbe();
        var sockets = new List<(IncomingSocket Socket, TestPeer Peer)>();
        for (var i = 0; i < 5; i++) sockets.Add(await AcceptAsync());
        var totals = Source.From(sockets.Select(each => each.Socket.Socket))
            .RunWith(ReleaseSink.To(target, new ReleaseOptions { Parallelism = 2 }), Materializer);
        var offers = new Queue<Offered>();
        for (var i = 0; i < 2; i++) offers.Enqueue(target.ExpectMsg<Offered>());
        target.ExpectNoMsg(TimeSpan.FromMilliseconds(100));
        for (var i = 2; i < 5; i++)
        {
            Acquire(offers.Dequeue());
            offers.Enqueue(target.FishForMessage<Offered>(_ => true));
        }

        while (offers.TryDequeue(out var offered)) Acquire(offered);
        Assert.Equal(5, (await totals.WaitAsync(Patience)).Released);
        sockets.ForEach(each => each.Peer.Dispose());

        void Acquire(Offered offered) => offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
    }

    [Fact]
    public async Task Outcomes_come_in_the_order_of_the_sockets_with_their_commands()
    {
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        var (one, onePeer) = await AcceptAsync();
        var (two, twoPeer) = await AcceptAsync();
        var reports = Source.From((OwnedSocket[])[one.Socket, two.Socket])
            .Via(ReleaseSink.Reporting(
                socket => new Release(socket.Handle, socket == one.Socket ? first : second) { Attachment = "with it" },
                new ReleaseOptions { Parallelism = 2 }))
            .RunWith(Sink.Seq<ReleaseReport>(), Materializer);
        Assert.Equal("with it", second.ExpectMsg<Offered>(offered => Answer(offered, second)).Attachment);
        Decline(first);
        var all = await reports.WaitAsync(Patience);
        Assert.Equal(
            [(one.Socket.Handle, ResultCode.EESOCKNOTRLSD), (two.Socket.Handle, ResultCode.EESUCCESS)],
            all.Select(report => (report.Release.Handle, report.Result.Code)));
        onePeer.Dispose();
        twoPeer.Dispose();
    }

    [Fact]
    public async Task A_release_that_cannot_be_made_fails_the_stream_and_closes_the_socket()
    {
        var (socket, peer) = await AcceptAsync();
        using var _ = peer;
        var totals = Source.Single(socket.Socket)
            .RunWith(ReleaseSink.By(_ => throw new InvalidOperationException("mine")), Materializer);
        await Assert.ThrowsAnyAsync<Exception>(() => totals.WaitAsync(Patience));
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    private static void Answer(Offered offered, Akka.TestKit.TestProbe target) =>
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);

    private static void Decline(Akka.TestKit.TestProbe target)
    {
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "not mine"), target);
    }
}
