using Akka.TestKit;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// How many releases may be on offer at the same time.
public sealed class QuotaTests(ITestOutputHelper output) : SocketTestKit(
    output, "handoff.offer { max-per-owner = 2, max-per-target = 3 }")
{
    [Fact]
    public async Task An_owner_has_no_more_offers_open_than_its_quota_and_each_outcome_makes_room()
    {
        var (owner, target, other) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var sockets = await OwnAsync(owner, 3);
        Offers(owner, sockets[0], target);
        Offers(owner, sockets[1], other);
        Refuses(owner, sockets[2], target, "handoff.offer.max-per-owner");
        Assert.Equal("Held", StatusOf(owner, sockets[2].Socket).State);

        var first = target.ExpectMsg<Offered>();
        first.Offer.Socket.Tell(new Decline(first.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        target.ExpectMsg<Withdrawn>();
        Release(owner, sockets[2], target);
        Take(target);
        owner.ExpectMsg<Released>();
        Release(owner, sockets[0], target);
        target.ExpectMsg<Offered>();
        Refuses(owner, sockets[1], target, "on offer");
    }

    [Fact]
    public async Task A_target_is_offered_no_more_than_its_quota_by_all_owners_together()
    {
        var (one, two, target, spare) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var ones = await OwnAsync(one, 2);
        var twos = await OwnAsync(two, 2);
        Offers(one, ones[0], target);
        Offers(one, ones[1], target);
        Offers(two, twos[0], target);
        Refuses(two, twos[1], target, "handoff.offer.max-per-target");

        // A list that names it is refused as a whole, and counts for nobody.
        two.Send(twos[1].Socket, new Release(twos[1], OfferMode.InOrder, spare, target));
        Assert.Equal(ResultCode.EEQUOTA, two.ExpectMsg<Refused>().Result.Code);
        Assert.Equal(3, Handoff.Rules.Offers.Count);
        spare.ExpectNoMsg(TimeSpan.Zero);

        Time.Advance(target.ExpectMsg<Offered>().Within);
        Assert.Equal(OfferOutcome.TimedOut, two.ExpectMsg<ReleaseFailed>().Outcome);
        Release(two, twos[1], target);
        Assert.Equal(OfferOutcome.TimedOut, one.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task Nothing_is_counted_any_more_when_all_offers_are_over_however_they_ended()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var sockets = await OwnAsync(owner, 6);
        Release(owner, sockets[0], target);
        Take(target);
        owner.ExpectMsg<Released>();

        var revoked = Release(owner, sockets[1], target);
        target.ExpectMsg<Offered>();
        owner.Send(sockets[1].Socket, new Revoke(sockets[1], revoked));
        owner.ExpectMsg<ReleaseFailed>();

        owner.Send(sockets[2].Socket, new Release(sockets[2], target) { PushBack = new byte[1] });
        Assert.Equal(ResultCode.EEBADDATA, owner.ExpectMsg<Refused>().Result.Code);

        Release(owner, sockets[3], owner);
        var self = owner.ExpectMsg<Offered>();
        owner.Send(self.Offer.Socket, new Acquire(self.Offer, owner));
        owner.ExpectMsg<Released>();
        owner.ExpectMsg<Acquired>();

        Release(owner, sockets[4], target);
        Watch(sockets[4].Socket);
        Sys.Stop(sockets[4].Socket);
        ExpectTerminated(sockets[4].Socket);

        Release(owner, sockets[5], target);
        Sys.Stop(owner);
        AwaitAssert(() => Assert.Equal("Bequeathed", StatusOf(CreateTestProbe(), sockets[5].Socket).State), Patience);
        Assert.Equal(2, Handoff.Rules.Offers.Count);
        Sys.Stop(target);
        AwaitAssert(() => Assert.Equal(0, Handoff.Rules.Offers.Count), Patience);
    }

    // The sockets are actors of their own: the next one is asked when this one is on offer.
    private void Offers(TestProbe owner, SocketHandle handle, TestProbe target)
    {
        Release(owner, handle, target);
        Assert.Equal("Offered", StatusOf(CreateTestProbe(), handle.Socket).State);
    }

    private static void Refuses(TestProbe owner, SocketHandle handle, TestProbe target, string because)
    {
        var release = Release(owner, handle, target);
        var refused = owner.ExpectMsg<Refused>();
        Assert.Same(release, refused.Command);
        Assert.Contains(because, refused.Result.Reason, StringComparison.Ordinal);
    }

    private async Task<SocketHandle[]> OwnAsync(TestProbe owner, int sockets)
    {
        var handles = new SocketHandle[sockets];
        for (var i = 0; i < sockets; i++)
        {
            var (acquired, peer) = await OwnAsync(owner);
            handles[i] = acquired.Handle;
            Sys.RegisterOnTermination(peer.Dispose);
        }

        return handles;
    }
}
