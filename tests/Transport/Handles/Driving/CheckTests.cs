using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>What came is checked before it is taken.</summary>
[Collection(nameof(Alone))]
public sealed class CheckTests
{
    private static readonly SocketResult Unreadable = new(ResultCode.EEBADDATA, "no attachment of ours");

    [Theory]
    [InlineData(1)]
    [InlineData(450)]
    public async Task The_recipient_checks_once_all_that_came_in_whatever_number_of_messages(int count)
    {
        await using var sides = new TwoSides();
        IReadOnlyList<ArrivedSocket> seen = [];
        var wants = new Wants
        {
            Checks = sockets =>
            {
                seen = sockets;
                return SocketResult.Success;
            },
        };
        var (given, taken) = await sides.MoveAsync(new Goods(count), wants);
        Assert.Equal(MoveResult.Moved, given);
        Assert.Equal(1, wants.Checked);
        Assert.Equal(taken.Sockets.Select(socket => socket.Facts), seen.Select(socket => socket.Facts));
        Assert.Equal(taken.Sockets.Select(socket => socket.Baggage), seen.Select(socket => socket.Baggage));
        Assert.Equal(count, seen.Count);
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
    }

    [Fact]
    public async Task What_the_recipient_cannot_use_stays_with_the_giver_and_both_hear_why()
    {
        var before = OpenDescriptors.Count;
        await using (var sides = new TwoSides())
        {
            using var goods = new Goods(450);
            var (given, taken) = await sides.MoveAsync(goods, new Wants { Checks = _ => Unreadable });
            Assert.Equal(new MoveResult(MoveOutcome.Declined, Unreadable), given);
            Assert.Equal(new MoveResult(MoveOutcome.Malformed, Unreadable), taken.Result);
            Assert.Empty(taken.Sockets);
            Assert.Equal(["stop", "resume"], goods.Done);
        }

        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task A_check_that_fails_leaves_the_sockets_with_the_giver()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        var wants = new Wants { Checks = _ => throw new InvalidOperationException("not today") };
        var (given, taken) = await sides.MoveAsync(goods, wants);
        Assert.Equal((MoveOutcome.Declined, ResultCode.EEABORTED), (given.Outcome, given.Why.Code));
        Assert.Contains("not today", given.Why.Reason, StringComparison.Ordinal);
        Assert.Equal(ResultCode.EEABORTED, taken.Result.Why.Code);
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    // The giver has its own deadline; that of the taker comes first here.
    [Fact]
    public async Task A_check_that_does_not_end_is_left_alone_and_the_giver_has_its_sockets()
    {
        using var over = new ManualResetEventSlim();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var time = new ManualTime();
        await using var sides = new TwoSides(
            new HandleOptions { TransferTimeout = Loopback.Bound }, new HandleOptions { TimeProvider = time });
        using var goods = new Goods(1);
        var wants = new Wants
        {
            Checks = _ =>
            {
                began.SetResult();
                over.Wait();
                return SocketResult.Success;
            },
        };
        try
        {
            var moving = sides.MoveAsync(goods, wants);
            await began.Task.WaitAsync(Loopback.Bound);
            await TwoSides.PassAsync(time, moving);
            var (given, taken) = await moving;
            Assert.Equal((MoveOutcome.Declined, ResultCode.EETIMEDOUT), (given.Outcome, given.Why.Code));
            Assert.Equal(ResultCode.EETIMEDOUT, taken.Result.Why.Code);
            Assert.Equal(["stop", "resume"], goods.Done);
        }
        finally
        {
            over.Set();
        }
    }

    [Fact]
    public async Task Until_what_came_is_checked_the_giver_may_take_it_back()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        using var revoke = new CancellationTokenSource();
        Task<MoveResult>? giving = null;
        var wants = new Wants
        {
            Checks = _ =>
            {
                revoke.Cancel();
                return ((IAsyncResult)giving!).AsyncWaitHandle.WaitOne(Loopback.Bound)
                    ? SocketResult.Success
                    : SocketResult.Of(ResultCode.EETIMEDOUT);
            },
        };
        giving = Giver.GiveAsync(sides.Giver, id: 5, goods, revoke.Token).AsTask();
        var taken = await sides.TakeAsync(wants).WaitAsync(Loopback.Bound);
        Assert.Equal(MoveOutcome.Revoked, (await giving).Outcome);
        Assert.Equal(MoveOutcome.Revoked, taken.Result.Outcome);
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task Nothing_is_checked_of_what_was_declined_or_did_not_all_come()
    {
        await using var sides = new TwoSides(taker: new HandleOptions { MaxPayload = 100_000 });
        using var goods = new Goods(1, unread: 200_000);
        var no = new Wants { Answer = _ => Task.FromResult(SocketResult.Of(ResultCode.EEQUOTA)) };
        await sides.MoveAsync(goods, no);
        var wants = new Wants();
        var (given, _) = await sides.MoveAsync(goods, wants);
        Assert.Equal(ResultCode.EEMSGSIZE, given.Why.Code);
        Assert.Equal((0, 0), (no.Checked, wants.Checked));
    }
}
