using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Driving;

[Collection(nameof(Alone))]
public sealed class MoveTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    // One message; a file for what is long; several messages and a file for the offer.
    [Theory]
    [InlineData(1, 10)]
    [InlineData(1, 3_000_000)]
    [InlineData(200, 10)]
    [InlineData(450, 1000)]
    [InlineData(1000, 0)]
    public async Task What_is_given_is_taken_with_all_its_baggage_and_the_giver_has_none_of_it(int count, int unread)
    {
        var before = OpenDescriptors.Count;
        await using (var sides = new TwoSides())
        {
            var goods = new Goods(count, unread);
            var wants = new Wants();
            var (given, taken) = await sides.MoveAsync(goods, wants);
            Assert.Equal((MoveResult.Moved, MoveResult.Moved), (given, taken.Result));
            Assert.Equal(["stop", "close"], goods.Done);
            Assert.Equal("goods", Assert.Single(wants.Asked).Label);
            Assert.Equal(count, taken.Sockets.Count);
            for (var i = 0; i < count; i++)
            {
                using var descriptor = taken.Sockets[i].Descriptor;
                Assert.Equal((ulong)(i + 1), OpenDescriptors.Read(descriptor));
                Assert.Equal($"s{i}", taken.Sockets[i].Facts.Transport);
                var (expected, baggage) = (Goods.Baggage(i + 1, unread), taken.Sockets[i].Baggage);
                Assert.Equal((expected.Consumed, expected.Written), (baggage.Consumed, baggage.Written));
                Assert.Equal(expected.Unread[0].Bytes.ToArray(), baggage.Unread[0].Bytes.ToArray());
            }
        }

        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task A_taker_that_declines_leaves_everything_as_it_was()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        var no = new SocketResult(ResultCode.EEQUOTA, "enough of them");
        var (given, taken) = await sides.MoveAsync(goods, new Wants { Answer = _ => Task.FromResult(no) });
        Assert.Equal(new MoveResult(MoveOutcome.Declined, no), given);
        Assert.Equal(new MoveResult(MoveOutcome.Declined, no), taken.Result);
        Assert.Empty(goods.Done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_offer_that_nobody_answers_ends_at_the_bound_of_either_side(bool ofGiver)
    {
        var hasty = new HandleOptions { AnswerTimeout = Soon };
        await using var sides = new TwoSides(ofGiver ? hasty : null, ofGiver ? null : hasty);
        using var goods = new Goods(1);
        var wants = new Wants { Answer = Wants.Silence };
        var (given, taken) = await sides.MoveAsync(goods, wants);
        Assert.NotEqual(MoveOutcome.Moved, given.Outcome);
        Assert.NotEqual(MoveOutcome.Moved, taken.Result.Outcome);
        Assert.Contains(MoveOutcome.TimedOut, (MoveOutcome[])[given.Outcome, taken.Result.Outcome]);
        Assert.Equal(ResultCode.EETIMEDOUT, given.Why.Code);
        Assert.True(wants.WasStopped);
        Assert.Empty(goods.Done);
    }

    [Fact]
    public async Task A_giver_that_takes_it_back_in_time_has_it_and_the_taker_is_told()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        using var revoke = new CancellationTokenSource();
        var wants = new Wants
        {
            Answer = async stop =>
            {
                await revoke.CancelAsync();
                return await Wants.Silence(stop);
            },
        };
        var (given, taken) = await sides.MoveAsync(goods, wants, revoke.Token);
        Assert.Equal((MoveOutcome.Revoked, MoveOutcome.Revoked), (given.Outcome, taken.Result.Outcome));
        Assert.Empty(goods.Done);
    }

    [Fact]
    public async Task Sockets_that_do_not_stop_stay_and_the_taker_hears_why()
    {
        await using var sides = new TwoSides();
        var busy = new SocketResult(ResultCode.EEBUSY, "it is read");
        using var goods = new Goods(1) { Stops = busy };
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal(new MoveResult(MoveOutcome.NotReady, busy), given);
        Assert.Equal(new MoveResult(MoveOutcome.Revoked, busy), taken.Result);
        Assert.Equal(["stop"], goods.Done);
    }

    [Fact]
    public async Task Baggage_over_the_bound_is_not_sent_and_the_sockets_go_on()
    {
        await using var sides = new TwoSides(new HandleOptions { MaxPayload = 100_000 });
        using var goods = new Goods(1, unread: 200_000);
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal((MoveOutcome.NotReady, ResultCode.EEMSGSIZE), (given.Outcome, given.Why.Code));
        Assert.Equal(MoveOutcome.Revoked, taken.Result.Outcome);
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task Baggage_over_the_takers_bound_is_refused_and_the_sockets_go_on()
    {
        await using var sides = new TwoSides(taker: new HandleOptions { MaxPayload = 100_000 });
        using var goods = new Goods(1, unread: 200_000);
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal((MoveOutcome.Declined, ResultCode.EEMSGSIZE), (given.Outcome, given.Why.Code));
        Assert.Equal((MoveOutcome.Malformed, ResultCode.EEMSGSIZE), (taken.Result.Outcome, taken.Result.Why.Code));
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task What_this_taker_does_not_know_or_cannot_hold_is_declined_before_anybody_is_asked()
    {
        await using var sides = new TwoSides(taker: new HandleOptions { MaxSockets = 2 });
        var wants = new Wants();
        using var newer = new Goods(1) { Needs = HandleCapabilities.Streams | (HandleCapabilities)(1u << 30) };
        Assert.Equal(ResultCode.EEMODENOTSUPP, (await sides.MoveAsync(newer, wants)).Given.Why.Code);
        using var many = new Goods(3);
        Assert.Equal(ResultCode.EEQUOTA, (await sides.MoveAsync(many, wants)).Given.Why.Code);
        Assert.Empty(wants.Asked);
        Assert.Empty(many.Done);
        var (given, taken) = await sides.MoveAsync(new Goods(2), wants);
        Assert.Equal(MoveOutcome.Moved, given.Outcome);
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
    }
}
