using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>What is too large, fails or stands still ends a move for both sides, with one user.</summary>
[Collection(nameof(Alone))]
public sealed class MoveBoundsTests
{
    private static readonly HandleOptions SmallFiles = new() { MaxPayload = 100_000 };

    [Fact]
    public async Task A_batch_with_more_bytes_than_a_frame_may_have_goes_in_several()
    {
        await using var sides = new TwoSides(SmallFiles, SmallFiles);
        var (given, taken) = await sides.MoveAsync(new Goods(5, unread: 40_000), new Wants());
        Assert.Equal((MoveResult.Moved, MoveResult.Moved), (given, taken.Result));
        Assert.Equal(5, taken.Sockets.Count);
        foreach (var socket in taken.Sockets)
        {
            Assert.Equal(40_000, socket.Baggage.Unread[0].Bytes.Length);
            socket.Descriptor.Dispose();
        }
    }

    // A frame is filled to its last byte, and to no more.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_socket_fills_a_frame_to_its_bound_and_one_that_has_more_stays(int over)
    {
        const int Unread = 100_000 - 20 - 25 - 6;
        await using var sides = new TwoSides(SmallFiles, SmallFiles);
        using var goods = new Goods(1, Unread + over);
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal(over == 0 ? MoveOutcome.Moved : MoveOutcome.NotReady, given.Outcome);
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
    }

    [Fact]
    public async Task A_move_with_more_bytes_than_the_taker_holds_is_broken_and_the_sockets_go_on()
    {
        await using var sides = new TwoSides(SmallFiles, SmallFiles with { MaxMove = 150_000 });
        using var goods = new Goods(5, unread: 40_000);
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal((MoveOutcome.Declined, ResultCode.EEMSGSIZE), (given.Outcome, given.Why.Code));
        Assert.Equal((MoveOutcome.Malformed, ResultCode.EEMSGSIZE), (taken.Result.Outcome, taken.Result.Why.Code));
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task A_move_with_more_bytes_than_its_giver_may_give_is_not_begun_to_be_sent()
    {
        await using var sides = new TwoSides(SmallFiles with { MaxMove = 150_000 });
        using var goods = new Goods(5, unread: 40_000);
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal((MoveOutcome.NotReady, ResultCode.EEMSGSIZE), (given.Outcome, given.Why.Code));
        Assert.Equal(MoveOutcome.Revoked, taken.Result.Outcome);
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task A_transfer_that_fails_by_an_exception_leaves_the_sockets_with_the_giver_which_resumes_them_once()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(2) { IsSpoiled = true };
        var (given, taken) = await sides.MoveAsync(goods, new Wants());
        Assert.Equal((MoveOutcome.NotReady, ResultCode.EESEND), (given.Outcome, given.Why.Code));
        Assert.Equal((MoveOutcome.Revoked, ResultCode.EESEND), (taken.Result.Outcome, taken.Result.Why.Code));
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task A_recipient_that_fails_declines()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        var wants = new Wants { Answer = _ => throw new InvalidOperationException("of the test") };
        var (given, taken) = await sides.MoveAsync(goods, wants);
        Assert.Equal((MoveOutcome.Declined, ResultCode.EEABORTED), (given.Outcome, given.Why.Code));
        Assert.Equal(given, taken.Result);
        Assert.Empty(goods.Done);
    }

    [Fact]
    public async Task A_recipient_that_does_not_hear_that_it_is_not_asked_any_more_holds_nobody_up()
    {
        var time = new ManualTime();
        await using var sides = new TwoSides(taker: new HandleOptions { TimeProvider = time });
        using var goods = new Goods(1);
        var never = new TaskCompletionSource<SocketResult>();
        var moving = sides.MoveAsync(goods, new Wants { Answer = _ => never.Task });
        await TwoSides.PassAsync(time, moving);
        var (given, taken) = await moving;
        Assert.Equal((MoveOutcome.Declined, ResultCode.EETIMEDOUT), (given.Outcome, given.Why.Code));
        Assert.Equal(MoveOutcome.TimedOut, taken.Result.Outcome);
        Assert.Empty(goods.Done);
    }

    [Fact]
    public async Task Two_that_give_to_each_other_at_once_are_both_declined_as_busy()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        using var others = new Goods(1);
        var giving = Giver.GiveAsync(sides.Giver, id: 5, goods, default).AsTask();
        var given = await Giver.GiveAsync(sides.Taker, id: 5, others, default).AsTask().WaitAsync(Loopback.Bound);
        foreach (var result in new[] { given, await giving })
            Assert.Equal((MoveOutcome.Declined, ResultCode.EEBUSY), (result.Outcome, result.Why.Code));
        Assert.Empty(goods.Done);
        Assert.Empty(others.Done);
    }

    [Fact]
    public async Task An_offer_that_is_too_long_for_the_taker_is_answered_and_the_next_one_is_heard()
    {
        await using var sides = new TwoSides(taker: new HandleOptions { MaxFrame = HandleOptions.SmallestFrame });
        using var many = new Goods(300);
        var waiting = Taker.NextOfferAsync(sides.Taker, Loopback.Bound, default).AsTask();
        var given = await Giver.GiveAsync(sides.Giver, id: 5, many, default).AsTask().WaitAsync(Loopback.Bound);
        Assert.Equal((MoveOutcome.Declined, ResultCode.EEMSGSIZE), (given.Outcome, given.Why.Code));
        using var one = new Goods(1);
        using var revoke = new CancellationTokenSource();
        var giving = Giver.GiveAsync(sides.Giver, id: 6, one, revoke.Token).AsTask();
        Assert.Equal(6u, (await waiting).Offer!.Id);
        await revoke.CancelAsync();
        Assert.Equal(MoveOutcome.Revoked, (await giving.WaitAsync(Loopback.Bound)).Outcome);
    }

    // Two sides that refuse each other would else answer each other's answers for ever.
    [Fact]
    public async Task An_offer_of_a_process_that_may_not_is_answered_and_nothing_else_that_it_says()
    {
        var others = new PeerRule { Users = null, ProcessId = Environment.ProcessId + 1 };
        await using var sides = new TwoSides(hears: others);
        using var end = new CancellationTokenSource();
        var waiting = Taker.NextOfferAsync(sides.Taker, Loopback.Bound, end.Token).AsTask();
        foreach (var frame in (Frame[])[new Frame.Accept(7), new Frame.Decline(8, SocketResult.Success)])
            Assert.True(sides.Giver.TrySend(frame).IsSuccess);
        byte[] noFrame = [0, 0, 1, (byte)FrameKind.Offer, 9, 0, 0, 0, 0, 0, 0, 0];
        await sides.Giver.Control.SendAsync(noFrame, [], default);
        using var goods = new Goods(1);
        await sides.Giver.SendAsync(
            new Frame.Offer(5, HandleCapabilities.Streams, Loopback.Bound, "", goods.Facts), [], default);
        var answer = await sides.Giver.ReceiveAsync(Loopback.Bound, default);
        var declined = Assert.IsType<Frame.Decline>(answer.Frame);
        Assert.Equal((5UL, ResultCode.EESECURITY), (declined.Id, declined.Why.Code));
        await end.CancelAsync();
        Assert.Null((await waiting).Offer);
    }
}
