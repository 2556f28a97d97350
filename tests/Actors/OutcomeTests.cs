using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// An offer has one outcome, told once to whoever asked for the release, and once to the owner if that is another.
public sealed class OutcomeTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Theory]
    [InlineData("acquired", OfferOutcome.Acquired)]
    [InlineData("timed out", OfferOutcome.TimedOut)]
    [InlineData("declined", OfferOutcome.Declined)]
    [InlineData("target died", OfferOutcome.TargetDied)]
    [InlineData("stopped", OfferOutcome.Closed)]
    public async Task Whoever_asked_for_a_release_is_told_its_outcome_also_after_the_owner_died(
        string how, OfferOutcome outcome)
    {
        var (owner, asker, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        var release = new Release(acquired.Handle, target);
        socket.Tell(release, asker);
        var offered = target.ExpectMsg<Offered>();
        Sys.Stop(owner);
        AwaitCondition(() => StatusOf(CreateTestProbe(), socket).State == "Bequeathed", Patience);
        switch (how)
        {
            case "acquired": socket.Tell(new Acquire(offered.Offer, target), target); break;
            case "timed out": Time.Advance(offered.Within); break;
            case "declined": socket.Tell(new Decline(offered.Offer, target, "no"), target); break;
            case "target died": Sys.Stop(target); break;
            default: socket.Tell(Kill.Instance); break;
        }

        if (outcome is OfferOutcome.Acquired)
        {
            Assert.Equal(target.Ref, asker.ExpectMsg<Released>().Owner);
        }
        else
        {
            var failed = asker.ExpectMsg<ReleaseFailed>();
            Assert.Equal((release, outcome), (failed.Release, failed.Outcome));
        }

        Sys.Stop(socket);
        Watch(socket);
        ExpectTerminated(socket);
        asker.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_offer_to_the_owner_itself_is_over_when_it_dies_and_whoever_asked_is_told()
    {
        var (owner, asker) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, owner), asker);
        owner.ExpectMsg<Offered>();
        Sys.Stop(owner);
        Assert.Equal(OfferOutcome.TargetDied, asker.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task An_owner_that_reads_by_messages_is_told_of_the_revert_before_its_bytes_come_again()
    {
        var (owner, asker, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner, Reading.Active(4));
        using var _ = peer;
        await peer.SendAsync("data");
        Assert.Equal(4, owner.ExpectMsg<Received>().Bytes.Length);
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target), asker);
        var offered = target.ExpectMsg<Offered>();
        offered.Offer.Socket.Tell(new Decline(offered.Offer, target, "no"), target);
        asker.ExpectMsg<ReleaseFailed>();
        owner.ExpectMsg<ReleaseFailed>();
        owner.ExpectMsg<Received>();
    }

    [Fact]
    public async Task An_owner_is_told_that_its_socket_is_released_when_another_asked_for_it()
    {
        var (owner, asker, target) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        acquired.Handle.Socket.Tell(new Release(acquired.Handle, target), asker);
        Take(target);
        Assert.Equal(target.Ref, asker.ExpectMsg<Released>().Owner);
        Assert.Equal(target.Ref, owner.ExpectMsg<Released>().Owner);
    }

    [Fact]
    public async Task An_owner_that_asked_itself_is_told_once()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        socket.Tell(new Decline(offered.Offer, target, "no"), target);
        Assert.Equal(OfferOutcome.Declined, owner.ExpectMsg<ReleaseFailed>().Outcome);
        target.ExpectMsg<Withdrawn>();
        Release(owner, acquired.Handle, target);
        Take(target);
        owner.ExpectMsg<Released>();
        Assert.Equal("Held", StatusOf(owner, socket).State);
        owner.ExpectNoMsg(TimeSpan.Zero);
    }
}
