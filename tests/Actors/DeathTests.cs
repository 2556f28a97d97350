using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

public sealed class DeathTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task An_owner_that_stops_closes_its_socket_gracefully()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Watch(acquired.Handle.Socket);
        await acquired.Lease.WriteAsync("last words");
        Sys.Stop(owner);
        Assert.Equal("last words"u8.ToArray(), await peer.ReceiveToEndAsync());
        peer.Dispose();
        ExpectTerminated(acquired.Handle.Socket);
    }

    [Fact]
    public async Task What_a_dead_owner_did_not_flush_is_not_sent()
    {
        var owner = CreateTestProbe();
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        await acquired.Lease.WriteAsync("whole");
        "half"u8.CopyTo(acquired.Lease!.Output.GetSpan(4));
        acquired.Lease.Output.Advance(4);
        Sys.Stop(owner);
        Assert.Equal("whole"u8.ToArray(), await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task The_heir_of_a_dead_owner_goes_on_at_the_first_unread_byte()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (first, peer) = await OwnAsync(owner);
        using var _ = peer;
        var heirs = new SetHeir(first.Handle, heir);
        first.Handle.Socket.Tell(heirs, owner);
        Assert.Same(heirs, owner.ExpectMsg<Confirmed>().Command);
        await peer.SendAsync("onetwo");
        Assert.Equal("one", await first.Lease.ReadTextAsync(3));
        Sys.Stop(owner);
        var offered = heir.ExpectMsg<Offered>();
        Assert.Null(offered.From);
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, heir), heir);
        var second = heir.ExpectMsg<Acquired>();
        Assert.Equal((2L, 3L), (second.Handle.Epoch, second.Consumed));
        Assert.Equal("two", await second.Lease.ReadTextAsync(3));
        Assert.Throws<SocketFailedException>(() => first.Lease!.Input.TryRead(out var _));
    }

    [Fact]
    public async Task An_heir_that_does_not_answer_loses_the_socket_and_it_closes()
    {
        var (owner, heir) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new SetHeir(acquired.Handle, heir), owner);
        owner.ExpectMsg<Confirmed>();
        Sys.Stop(owner);
        var offered = heir.ExpectMsg<Offered>();
        Time.Advance(offered.Within);
        Assert.Equal(OfferOutcome.TimedOut, heir.ExpectMsg<Withdrawn>().Outcome);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task An_offer_outlives_its_owner_until_the_deadline()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Watch(owner);
        Sys.Stop(owner);
        ExpectTerminated(owner);
        await peer.SendAsync("kept");
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, target), target);
        var second = target.ExpectMsg<Acquired>();
        Assert.Equal("kept", await second.Lease.ReadTextAsync(4));
    }

    [Fact]
    public async Task An_offer_whose_owner_died_closes_the_socket_when_nobody_answers()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Sys.Stop(owner);
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).State == "Bequeathed", Patience);
        Time.Advance(offered.Within);
        Assert.Equal(OfferOutcome.TimedOut, target.ExpectMsg<Withdrawn>().Outcome);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_target_that_dies_right_after_acquiring_is_a_dead_owner()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        Take(target);
        Sys.Stop(target);
        Assert.Empty(await peer.ReceiveToEndAsync());
    }

    [Fact]
    public async Task A_socket_actor_that_crashes_is_stopped_and_both_sides_are_told()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        target.ExpectMsg<Offered>();
        Watch(acquired.Handle.Socket);
        acquired.Handle.Socket.Tell(Kill.Instance);
        Assert.Equal(OfferOutcome.Closed, target.ExpectMsg<Withdrawn>().Outcome);
        Assert.Equal(OfferOutcome.Closed, owner.ExpectMsg<ReleaseFailed>().Outcome);
        Assert.Equal(ResultCode.EEABORTED, owner.ExpectMsg<Closed>().Result.Code);
        ExpectTerminated(acquired.Handle.Socket);
    }

    [Fact]
    public async Task A_peer_that_resets_while_on_offer_is_told_to_the_final_owner_once_after_the_last_byte()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        await peer.SendAsync("tail");
        AwaitCondition(() => StatusOf(CreateTestProbe(), acquired.Handle.Socket).Facts.Unread == 4, Patience);
        peer.Reset();
        Release(owner, acquired.Handle, target);
        var second = Take(target);
        owner.ExpectMsg<Released>();
        Assert.Equal("tail", await second.Lease.ReadTextAsync(4));
        var gone = await Assert.ThrowsAsync<SocketFailedException>(() => second.Lease.ReadAsync(1));
        Assert.Equal(ResultCode.EERESET, gone.Code);
        Assert.Equal(ResultCode.EERESET, target.ExpectMsg<Closed>().Result.Code);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_peer_that_finishes_while_on_offer_leaves_its_last_bytes_to_the_final_owner()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Release(owner, acquired.Handle, target);
        target.ExpectMsg<Offered>();
        await peer.SendAsync("request");
        peer.FinishSending();
        Time.Advance(TimeSpan.FromSeconds(5));
        target.ExpectMsg<Withdrawn>();
        owner.ExpectMsg<ReleaseFailed>();
        Assert.Equal("request"u8.ToArray(), await acquired.Lease.ReadToEndAsync());
        await acquired.Lease.WriteAsync("reply");
        await acquired.Lease!.Output.CompleteAsync();
        Assert.Equal("reply"u8.ToArray(), await peer.ReceiveToEndAsync());
        Assert.Equal(ResultCode.EESUCCESS, owner.ExpectMsg<Closed>().Result.Code);
    }
}
