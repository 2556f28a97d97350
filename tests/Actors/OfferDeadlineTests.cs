using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;
using Xunit.Abstractions;

namespace Handoff.Actors.Tests;

// One timer serves all offers of a socket, and outlives those that are answered.
public sealed class OfferDeadlineTests(ITestOutputHelper output) : SocketTestKit(output)
{
    [Fact]
    public async Task An_offer_after_one_that_was_answered_has_its_whole_time()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var offered = OfferAndDecline();
        Time.Advance(offered.Within / 2);
        Release(owner, acquired.Handle, target);
        var second = target.ExpectMsg<Offered>();

        // The first offer's timer fires.
        Time.Advance(offered.Within / 2);
        Assert.Equal("Offered", StatusOf(CreateTestProbe(), acquired.Handle.Socket).State);
        Time.Advance((second.Within / 2) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("Offered", StatusOf(CreateTestProbe(), acquired.Handle.Socket).State);
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);

        Offered OfferAndDecline()
        {
            Release(owner, acquired.Handle, target);
            var first = target.ExpectMsg<Offered>();
            first.Offer.Socket.Tell(new Decline(first.Offer, target, "no"), target);
            owner.ExpectMsg<ReleaseFailed>();
            target.ExpectMsg<Withdrawn>();
            return first;
        }
    }

    [Fact]
    public async Task A_shorter_offer_does_not_wait_for_the_timer_of_a_longer_one()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        var socket = acquired.Handle.Socket;
        Release(owner, acquired.Handle, target);
        var first = target.ExpectMsg<Offered>();
        socket.Tell(new Decline(first.Offer, target, "no"), target);
        owner.ExpectMsg<ReleaseFailed>();
        target.ExpectMsg<Withdrawn>();
        var within = first.Within / 5;
        socket.Tell(new Release(acquired.Handle, target) { Within = within }, owner);
        Assert.Equal(within, target.ExpectMsg<Offered>().Within);
        Time.Advance(within);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }

    [Fact]
    public async Task A_timer_that_fires_while_nothing_is_on_offer_has_no_effect_and_the_next_offer_its_own()
    {
        var (owner, target) = (CreateTestProbe(), CreateTestProbe());
        var (acquired, peer) = await OwnAsync(owner);
        using var _ = peer;
        Time.Advance(Handoff.Settings.MaxOfferTimeout);
        Assert.Equal("Held", StatusOf(owner, acquired.Handle.Socket).State);
        Release(owner, acquired.Handle, target);
        var offered = target.ExpectMsg<Offered>();
        Time.Advance(offered.Within);
        Assert.Equal(OfferOutcome.TimedOut, owner.ExpectMsg<ReleaseFailed>().Outcome);
    }
}
