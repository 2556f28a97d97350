using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class ReleaseTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task The_acceptor_that_acquires_is_the_owner_and_status_shows_it()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var status = StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        Assert.Equal(("Held", owner.Ref, 1L), (status.State, status.Owner, status.Epoch));
        Assert.Equal(peer.Socket.LocalEndPoint, status.Facts.Remote);
        Assert.Null(status.Offer);
    }

    [Fact]
    public async Task A_target_that_acquires_owns_the_socket_and_each_side_is_told_once()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("hello");
        Assert.Equal("he", await first.Lease.ReadTextAsync(2));
        var release = new Release(first.Handle, target) { Attachment = "parsed" };
        first.Handle.Socket.Tell(release, owner);
        var offered = target.ExpectMsg<Offered>();
        Assert.Equal(("parsed", owner.Ref, 3L), (offered.Attachment, offered.From, offered.Facts.Unread));
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var second = target.ExpectMsg<Acquired>();
        var released = owner.ExpectMsg<Released>();
        Assert.Equal((release, target.Ref), (released.Release, released.Owner));
        Assert.Equal((2L, 2L), (second.Handle.Epoch, second.Consumed));
        Assert.Equal("llo", await second.Lease.ReadTextAsync(3));
        await second.Lease.WriteAsync("bye");
        Assert.Equal("bye", await peer.ReceiveTextAsync(3));
        owner.ExpectNoMsg(TimeSpan.Zero);
        target.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task The_old_owner_can_do_nothing_any_more()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, first.Handle, target);
        Take(target);
        owner.ExpectMsg<Released>();
        foreach (var command in new object[]
        {
            new Close(first.Handle), new Abort(first.Handle), new Release(first.Handle, owner),
            new SetHeir(first.Handle, owner), new Write(first.Handle, new byte[1]), new Consumed(first.Handle, 0),
            new ReadBy(first.Handle, Reading.Once), new FinishSending(first.Handle),
        })
        {
            first.Handle.Socket.Tell(command, owner);
            var refused = owner.ExpectMsg<Refused>();
            Assert.Equal((command, ResultCode.EESECURITY), (refused.Command, refused.Result.Code));
        }

        var late = Assert.Throws<SocketFailedException>(() => first.Lease!.Output.GetMemory(1));
        Assert.Equal(ResultCode.EESECURITY, late.Code);
        Assert.Throws<SocketFailedException>(() => first.Lease!.Input.TryRead(out var _));
        Assert.True(first.Lease!.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task A_declined_offer_reverts_with_the_reason_and_the_same_epoch()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "full up"), target);
        var failed = owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal((OfferOutcome.Declined, ResultCode.EESOCKNOTRLSD), (failed.Outcome, failed.Result.Code));
        Assert.Contains("full up", failed.Result.Reason, StringComparison.Ordinal);
        Assert.Equal(OfferOutcome.Declined, target.ExpectMsg<Withdrawn>().Outcome);
        await peer.SendAsync("on");
        Assert.Equal("on", await acquired.Lease.ReadTextAsync(2));
    }

    [Fact]
    public async Task An_offer_nobody_answers_goes_back_to_its_owner_at_the_deadline()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Time.Advance(offered.Within - TimeSpan.FromMilliseconds(1));
        Assert.Equal("Offered", StatusOf(CreateTestProbe(), acquired.Handle.Socket).State);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
        Assert.Equal(OfferOutcome.TimedOut, target.ExpectMsg<Withdrawn>().Outcome);
        var status = StatusOf(CreateTestProbe(), acquired.Handle.Socket);
        Assert.Equal(("Held", owner.Ref, 1L), (status.State, status.Owner, status.Epoch));
        await acquired.Lease.WriteAsync("still here");
        Assert.Equal("still here", await peer.ReceiveTextAsync(10));
    }

    [Fact]
    public async Task A_late_acquire_is_refused_even_while_a_newer_offer_is_pending()
    {
        var (owner, slow, quick) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, slow);
        var old = slow.ExpectMsg<Offered>();
        Time.Advance(old.Within);
        owner.ExpectMsg<ReleaseFailed>();
        slow.ExpectMsg<Withdrawn>();
        old.Offer.Socket.Tell(new Acquire(old.Offer, slow), slow);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, slow.ExpectMsg<Refused>().Result.Code);

        Release(owner, acquired.Handle, quick);
        var offered = quick.ExpectMsg<Offered>();
        old.Offer.Socket.Tell(new Acquire(old.Offer, slow), slow);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, slow.ExpectMsg<Refused>().Result.Code);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, quick), quick);
        quick.ExpectMsg<Acquired>();
        owner.ExpectMsg<Released>();
    }

    [Fact]
    public async Task A_target_that_dies_reverts_the_offer_at_once()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        target.ExpectMsg<Offered>();
        Sys.Stop(target);
        Assert.Equal(OfferOutcome.TargetDied, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task A_target_that_is_dead_already_reverts_the_offer_at_once()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Watch(target);
        Sys.Stop(target);
        ExpectTerminated(target);
        Release(owner, acquired.Handle, target);
        Assert.Equal(OfferOutcome.TargetDied, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task A_revoked_offer_reverts_and_a_revoke_after_the_outcome_is_refused()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var release = Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        acquired.Handle.Socket.Tell(new Revoke(acquired.Handle, release), owner);
        Assert.Equal(OfferOutcome.Revoked, owner.ExpectMsg<ReleaseFailed>().Outcome);
        Assert.Equal(OfferOutcome.Revoked, target.ExpectMsg<Withdrawn>().Outcome);
        acquired.Handle.Socket.Tell(new Revoke(acquired.Handle, release), owner);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, owner.ExpectMsg<Refused>().Result.Code);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        Assert.Equal(ResultCode.EESOCKNOTRLSD, target.ExpectMsg<Refused>().Result.Code);
    }

    [Fact]
    public async Task While_on_offer_everything_but_revoke_and_close_is_refused()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        target.ExpectMsg<Offered>();
        foreach (var command in new object[]
        {
            new Release(acquired.Handle, target), new SetHeir(acquired.Handle, target),
            new Write(acquired.Handle, new byte[1]), new ReadBy(acquired.Handle, Reading.Once),
        })
        {
            acquired.Handle.Socket.Tell(command, owner);
            Assert.Equal(ResultCode.EESOCKRLSD, owner.ExpectMsg<Refused>().Result.Code);
        }

        var early = Assert.Throws<SocketFailedException>(() => acquired.Lease!.Output.GetMemory(1));
        Assert.Equal(ResultCode.EESOCKRLSD, early.Code);
        acquired.Handle.Socket.Tell(new Close(acquired.Handle), owner);
        Assert.Equal(OfferOutcome.Closed, owner.ExpectMsg<ReleaseFailed>().Outcome);
        Assert.Equal(OfferOutcome.Closed, target.ExpectMsg<Withdrawn>().Outcome);
        Assert.Empty(await peer.ReceiveToEndAsync());
        peer.Dispose();
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
    }

    [Fact]
    public async Task A_third_party_cannot_acquire_and_the_offer_stays_pending()
    {
        var (owner, target, thief) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, thief), thief);
        Assert.Equal(ResultCode.EESECURITY, thief.ExpectMsg<Refused>().Result.Code);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        target.ExpectMsg<Acquired>();
    }

    [Fact]
    public async Task Any_holder_of_a_forwarded_offer_may_acquire()
    {
        var (owner, router, worker) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, OfferMode.AnyHolder, router), owner);
        router.ExpectMsg<Offered>();
        router.Forward(worker);
        Take(worker);
        Assert.Equal(worker.Ref, owner.ExpectMsg<Released>().Owner);
        router.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task Targets_in_order_are_asked_one_after_the_other()
    {
        var (owner, first, second) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, OfferMode.InOrder, first, second), owner);
        var offered = first.ExpectMsg<Offered>();
        second.ExpectNoMsg(TimeSpan.Zero);
        Time.Advance(offered.Within);
        Assert.Equal(OfferOutcome.TimedOut, first.ExpectMsg<Withdrawn>().Outcome);
        Take(second);
        Assert.Equal(second.Ref, owner.ExpectMsg<Released>().Owner);
    }

    [Fact]
    public async Task Of_targets_at_once_the_first_wins_and_the_others_are_told()
    {
        var (owner, first, second) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, OfferMode.AtOnce, first, second), owner);
        first.ExpectMsg<Offered>();
        Take(second);
        Assert.Equal(OfferOutcome.Lost, first.ExpectMsg<Withdrawn>().Outcome);
        Assert.Equal(second.Ref, owner.ExpectMsg<Released>().Owner);
    }

    [Fact]
    public async Task Releasing_to_oneself_starts_a_new_epoch_and_loses_no_byte()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await peer.SendAsync("abc");
        Release(owner, acquired.Handle, owner);
        var offered = owner.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, owner), owner);
        owner.ExpectMsg<Released>();
        var again = owner.ExpectMsg<Acquired>();
        Assert.Equal(2, again.Handle.Epoch);
        Assert.Equal("abc", await again.Lease.ReadTextAsync(3));
    }

    [Fact]
    public async Task The_heir_of_a_release_is_forgotten_when_it_reverts()
    {
        var (owner, target, heir) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target) { Heir = heir }, owner);
        Time.Advance(target.ExpectMsg<Offered>().Within);
        owner.ExpectMsg<ReleaseFailed>();
        Sys.Stop(owner);
        Assert.Empty(await peer.ReceiveToEndAsync());
        heir.ExpectNoMsg(TimeSpan.Zero);
    }
}
