using Akka.Actor;
using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests.Processes;

public sealed class BatchToProcessTests(ITestOutputHelper output) : ProcessTestKit(output)
{
    private const int Many = 300;

    [Fact]
    public async Task Connections_and_their_listener_go_in_one_move()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var listening = Listen(owner);
        var peers = new List<TestPeer>();
        var handles = new List<SocketHandle> { listening.Handle };
        for (var i = 0; i < Many; i++)
        {
            peers.Add(await ConnectAsync(listening));
            await peers[i].SendAsync($"{i:d4}");
            handles.Add(Take(owner).Handle);
        }

        var batch = Peer("upgrade", service, isBatch: true);
        foreach (var handle in handles) Release(owner, handle, batch);
        batch.Tell(new SendBatch(handles.Count), owner);
        var offers = Enumerable.Range(0, Many + 1).Select(_ => service.ExpectMsg<Offered>()).ToArray();
        foreach (var offered in offers) offered.Offer.Socket.Tell(new Acquire(offered.Offer, service), service);
        var came = Enumerable.Range(0, Many + 1).Select(_ => service.ExpectMsg<Acquired>()).ToArray();
        var (released, sent) = Outcomes(owner, Many + 1);
        Assert.Equal(new BatchSent(Many + 1, SocketResult.Success), sent);
        Assert.All(released, outcome => Assert.IsType<Released>(outcome));
        Assert.Single(came, acquired => acquired.Facts.Kind is SocketKind.Listener);
        foreach (var acquired in came.Where(acquired => acquired.Lease is not null))
        {
            var text = await acquired.Lease.ReadTextAsync(4);
            Assert.Equal(peers[int.Parse(text)].Socket.LocalEndPoint, acquired.Facts.Remote);
        }

        using var after = await ConnectAsync(listening);
        Take(service);
        peers.ForEach(peer => peer.Dispose());
    }

    [Fact]
    public async Task If_one_of_them_is_declined_none_goes()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (one, first) = await OwnAsync(owner);
        var (two, second) = await OwnAsync(owner);
        using var peers = first;
        using var other = second;
        var batch = Peer("upgrade", service, isBatch: true);
        Release(owner, one.Handle, batch);
        Release(owner, two.Handle, batch);
        batch.Tell(new SendBatch(2), owner);
        var (taken, declined) = (service.ExpectMsg<Offered>(), service.ExpectMsg<Offered>());
        var acquire = new Acquire(taken.Offer, service);
        taken.Offer.Socket.Tell(acquire, service);
        declined.Offer.Socket.Tell(new Decline(declined.Offer, service, "not this one"), service);
        var refused = service.ExpectMsg<Refused>();
        Assert.Equal((acquire, ResultCode.EESOCKNOTRLSD), (refused.Command, refused.Result.Code));
        var (reverted, sent) = Outcomes(owner, 2);
        Assert.Equal(2, sent.Sockets);
        Assert.False(sent.Result.IsSuccess);
        Assert.All(reverted, outcome => Assert.IsType<ReleaseFailed>(outcome));
        await one.Lease.WriteAsync("a");
        await two.Lease.WriteAsync("b");
        Assert.Equal(("a", "b"), (await first.ReceiveTextAsync(1), await second.ReceiveTextAsync(1)));
    }

    [Fact]
    public async Task What_was_taken_back_before_it_is_sent_stays_and_the_others_go()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        var (stays, first) = await OwnAsync(owner);
        var (goes, second) = await OwnAsync(owner);
        using var peers = first;
        using var other = second;
        var batch = Peer("upgrade", service, isBatch: true);
        var release = Release(owner, stays.Handle, batch);
        Release(owner, goes.Handle, batch);
        stays.Handle.Socket.Tell(new Revoke(stays.Handle, release), owner);
        Reverted(owner, release);
        batch.Tell(new SendBatch(1), owner);
        Take(service);
        var (_, sent) = Outcomes(owner, 1);
        Assert.Equal(new BatchSent(1, SocketResult.Success), sent);
    }

    [Fact]
    public void A_batch_of_nothing_is_refused()
    {
        var (owner, service) = (CreateTestProbe(), Other.CreateTestProbe());
        Peer("upgrade", service, isBatch: true).Tell(new SendBatch(0), owner);
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<BatchSent>().Result.Code);
    }

    private static (IReadOnlyList<object> Outcomes, BatchSent Sent) Outcomes(TestProbe owner, int count)
    {
        var outcomes = new List<object>();
        BatchSent? sent = null;
        while (outcomes.Count < count || sent is null)
        {
            var next = owner.ExpectMsg<object>();
            if (next is BatchSent over) sent = over;
            else outcomes.Add(next);
        }

        return (outcomes, sent);
    }
}
