using System.Globalization;
using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>After the transfer was sent nothing decides but the token.</summary>
[Collection(nameof(Alone))]
public sealed partial class TokenTests
{
    private const ulong Id = 5;

    // Who has them is not known then, and two users would be worse than none.
    [Fact]
    public async Task A_giver_whose_token_cannot_be_read_closes_its_sockets_once_and_fails()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        var giving = Giver.GiveAsync(sides.Giver, Id, goods, default).AsTask();
        await Next<Frame.Offer>(sides);
        var before = Counters();
        sides.Taker.TrySend(new Frame.Accept(Id));
        using var transfer = (await Next<Frame.Transfer>(sides)).Descriptors;
        using var token = transfer.Take();
        using var one = transfer.Take();
        var ofGiver = Assert.Single(Counters().Except([.. before, token.Number, one.Number]));
        using (var nothing = File.OpenHandle("/dev/null"))
            Assert.Equal(ofGiver, Duplicate((int)nothing.DangerousGetHandle(), ofGiver));
        sides.Taker.TrySend(new Frame.Adopted(Id));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => giving.WaitAsync(Loopback.Bound));
        Assert.Contains(nameof(ResultCode.EEBADDATA), failure.Message, StringComparison.Ordinal);
        Assert.Equal(["stop", "close"], goods.Done);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_offer_that_crosses_a_transfer_is_declined_as_busy_and_the_move_ends_as_the_token_says(
        bool isTaken)
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        var giving = Giver.GiveAsync(sides.Giver, Id, goods, default).AsTask();
        await Next<Frame.Offer>(sides);
        sides.Taker.TrySend(new Frame.Accept(Id));
        using var transfer = (await Next<Frame.Transfer>(sides)).Descriptors;

        // Of its own number, and of ours.
        foreach (var id in new[] { Id + 1, Id })
        {
            using var others = new Goods(1);
            var offer = new Frame.Offer(id, HandleCapabilities.Streams, Loopback.Bound, "", others.Facts);
            Assert.True((await sides.Taker.SendAsync(offer, [], default)).IsSuccess);
            var declined = Assert.IsType<Frame.Decline>((await Next<Frame.Decline>(sides)).Frame);
            Assert.Equal((id, ResultCode.EEBUSY), (declined.Id, declined.Why.Code));
            Assert.False(giving.IsCompleted);
        }

        using var token = new TakeOnceToken(transfer.Take());
        if (isTaken) Assert.Equal(ResultCode.EESUCCESS, token.Take());
        sides.Taker.TrySend(
            isTaken ? new Frame.Adopted(Id) : new Frame.Refuse(Id, SocketResult.Of(ResultCode.EEBUSY)));
        var given = await giving.WaitAsync(Loopback.Bound);
        Assert.Equal(isTaken ? MoveOutcome.Moved : MoveOutcome.Declined, given.Outcome);
        Assert.Equal(["stop", isTaken ? "close" : "resume"], goods.Done);
    }

    private static async Task<FrameArrival> Next<T>(TwoSides sides)
    {
        var arrival = await sides.Taker.ReceiveAsync(Loopback.Bound, default);
        Assert.IsType<T>(arrival.Frame);
        return arrival;
    }

    private static int[] Counters() =>
    [
        .. Directory.GetFiles("/proc/self/fd")
            .Where(file => new FileInfo(file).LinkTarget == "anon_inode:[eventfd]")
            .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)),
    ];

    [LibraryImport("libc", EntryPoint = "dup2")]
    private static partial int Duplicate(int from, int to);
}
