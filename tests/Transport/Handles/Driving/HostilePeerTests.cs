using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Frames;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Handles.Driving;

/// <summary>A peer that does not keep to the protocol harms nobody but itself.</summary>
[Collection(nameof(Alone))]
public sealed class HostilePeerTests(ITestOutputHelper output)
{
    private const int Cases = 5_000;
    private static readonly SocketResult Why = SocketResult.Of(ResultCode.EEBUSY);

    [Fact]
    public async Task A_taker_that_says_that_it_adopted_and_did_not_gets_nothing()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1);
        var giving = Giver.GiveAsync(sides.Giver, 5, goods, default).AsTask();
        await Next<Frame.Offer>(sides);
        sides.Taker.TrySend(new Frame.Accept(5));
        (await Next<Frame.Transfer>(sides)).Descriptors.Dispose();
        sides.Taker.TrySend(new Frame.Adopted(5));
        Assert.Equal(MoveOutcome.Malformed, (await giving).Outcome);
        Assert.Equal(["stop", "resume"], goods.Done);
    }

    [Fact]
    public async Task A_taker_that_took_the_token_and_says_nothing_has_the_sockets_at_the_bound()
    {
        var time = new ManualTime();
        await using var sides = new TwoSides(giver: new HandleOptions { TimeProvider = time });
        using var goods = new Goods(1);
        var giving = Giver.GiveAsync(sides.Giver, 5, goods, default).AsTask();
        await Next<Frame.Offer>(sides);
        sides.Taker.TrySend(new Frame.Accept(5));
        var transfer = await Next<Frame.Transfer>(sides);
        using var token = new TakeOnceToken(transfer.Descriptors.Take());
        Assert.Equal(ResultCode.EESUCCESS, token.Take());
        await TwoSides.PassAsync(time, giving);
        Assert.Equal(MoveResult.Moved, await giving);
        Assert.Equal(["stop", "close"], goods.Done);
        transfer.Descriptors.Dispose();
    }

    [Fact]
    public async Task A_taker_that_does_nothing_leaves_the_sockets_with_the_giver_at_the_bound()
    {
        var time = new ManualTime();
        await using var sides = new TwoSides(giver: new HandleOptions { TimeProvider = time });
        using var goods = new Goods(1);
        var giving = Giver.GiveAsync(sides.Giver, 5, goods, default).AsTask();
        await Next<Frame.Offer>(sides);
        sides.Taker.TrySend(new Frame.Accept(5));
        using var transfer = (await Next<Frame.Transfer>(sides)).Descriptors;
        await TwoSides.PassAsync(time, giving);
        Assert.Equal(MoveOutcome.TimedOut, (await giving).Outcome);
        Assert.Equal(["stop", "resume"], goods.Done);
        using var token = new TakeOnceToken(transfer.Take());
        Assert.Equal(ResultCode.EEWOULDBLOCK, token.Take());
    }

    [Fact]
    public async Task A_giver_that_sends_nothing_after_it_was_accepted_is_waited_for_until_the_bound()
    {
        var time = new ManualTime();
        await using var sides = new TwoSides(taker: new HandleOptions { TimeProvider = time });
        var taking = sides.TakeAsync(new Wants());
        await sides.Giver.SendAsync(Offer(1), [], default);
        await Accepted(sides);
        await TwoSides.PassAsync(time, taking);
        Assert.Equal(MoveOutcome.TimedOut, (await taking).Result.Outcome);
        Assert.IsType<Frame.Refuse>((await sides.Giver.ReceiveAsync(Loopback.Bound, default)).Frame);
    }

    [Fact]
    public async Task A_giver_that_is_gone_after_it_sent_everything_has_given_it()
    {
        await using var sides = new TwoSides();
        var taking = sides.TakeAsync(new Wants());
        using var token = TakeOnceToken.Create(out _)!;
        using var one = OpenDescriptors.Event(3);
        await sides.Giver.SendAsync(Offer(1), [], default);
        await Accepted(sides);
        await sides.Giver.SendAsync(
            new Frame.Transfer(5, 0, [Goods.Baggage(1, 1)]), [token.Descriptor, one], default);
        sides.Giver.Dispose();
        var taken = await taking;
        Assert.Equal(MoveResult.Moved, taken.Result);
        using var descriptor = Assert.Single(taken.Sockets).Descriptor;
        Assert.Equal(3u, OpenDescriptors.Read(descriptor));
    }

    public static TheoryData<string> Lies =>
        ["no token", "a socket less", "a socket more", "from the middle", "unaccepted", "spent", "garbage"];

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task A_transfer_that_is_not_as_it_was_offered_is_refused_whole(string lie)
    {
        await using var sides = new TwoSides();
        var before = OpenDescriptors.Count;
        var isEarly = lie == "unaccepted";
        var wants = isEarly ? new Wants { Answer = Wants.Silence } : new Wants();
        var taking = sides.TakeAsync(wants);
        using var one = OpenDescriptors.Event(3);
        using var token = TakeOnceToken.Create(out _)!;
        using var file = SealedMemory.Create("no"u8).Socket!;
        if (lie == "spent") token.Take();
        await sides.Giver.SendAsync(Offer(1), [], default);
        if (!isEarly) await Accepted(sides);
        var bag = Goods.Baggage(1, 1);
        var (frame, descriptors) = lie switch
        {
            "no token" => (new Frame.Transfer(5, 0, [bag]), (SocketDescriptor[])[file, one]),
            "a socket less" => (new Frame.Transfer(5, 0, []), [token.Descriptor]),
            "a socket more" => (new Frame.Transfer(5, 0, [bag, bag]), [token.Descriptor, one, one]),
            "from the middle" => (new Frame.Transfer(5, 1, [bag]), [token.Descriptor, one]),
            _ => (new Frame.Transfer(5, 0, [bag]), [token.Descriptor, one]),
        };
        if (lie == "garbage") await sides.Giver.Control.SendAsync(new byte[] { 1 }, [one, one], default);
        else await sides.Giver.SendAsync(frame, descriptors, default);
        var taken = await taking;
        var expected = lie == "spent" ? MoveOutcome.Revoked : MoveOutcome.Malformed;
        Assert.Equal((expected, 0), (taken.Result.Outcome, taken.Sockets.Count));
        file.Dispose();
        token.Dispose();
        one.Dispose();
        Assert.Equal(before, OpenDescriptors.Count);
    }

    // Nobody waits for a finalizer: its peer would be connected until then.
    [Fact]
    public async Task A_socket_that_no_frame_has_is_closed_at_once()
    {
        await using var sides = new TwoSides();
        var (sent, peer) = Records.Pair();
        using (sent)
            await sides.Giver.Control.SendAsync(FrameEncoder.Encode(new Frame.Accept(5)), [sent], default);
        using (peer)
        {
            Assert.False(SharedEnding.IsOver(peer), "it was closed on its way");
            Assert.Equal(
                ResultCode.EEBADDATA, (await sides.Taker.ReceiveAsync(Loopback.Bound, default)).Result.Code);
            Assert.True(SharedEnding.IsOver(peer), "it is open still");
        }
    }

    [Fact]
    public async Task A_message_with_other_descriptors_than_its_frame_says_is_failed_and_they_are_closed()
    {
        await using var sides = new TwoSides();
        using var one = OpenDescriptors.Event(1);
        var before = OpenDescriptors.Count;
        await sides.Giver.Control.SendAsync(FrameEncoder.Encode(new Frame.Accept(5)), [one], default);
        await sides.Giver.Control.SendAsync(
            FrameEncoder.Encode(new Frame.Transfer(5, 0, [Goods.Baggage(1, 1)])), [one], default);
        await sides.Giver.Control.SendAsync(FrameEncoder.Encode(new Frame.Sealed(5, 10)), [], default);
        for (var i = 0; i < 3; i++)
            Assert.Equal(ResultCode.EEBADDATA, (await sides.Taker.ReceiveAsync(Loopback.Bound, default)).Result.Code);
        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task Junk_with_descriptors_is_refused_and_leaks_nothing_and_the_next_offer_is_heard()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var whole = AnyFrame.Any.Sample(12, 100).Select(frame => FrameEncoder.Encode(frame).ToArray()).ToArray();
        await using var sides = new TwoSides();
        using var one = OpenDescriptors.Event(1);
        var before = OpenDescriptors.Count;
        for (var i = 0; i < Cases; i++)
        {
            var bytes = (byte[])whole[random.Next(whole.Length)].Clone();
            if (bytes[3] == (byte)FrameKind.Offer) bytes[3] = (byte)FrameKind.Part;
            bytes[random.Next(4, bytes.Length)] ^= (byte)random.Next(256);
            bytes = bytes[..random.Next(1, bytes.Length + 1)];
            var descriptors = Enumerable.Repeat(one, random.Next(5)).ToArray();
            Assert.True((await sides.Giver.Control.SendAsync(bytes, descriptors, default)).IsSuccess);
            using var arrival = (await sides.Taker.ReceiveAsync(Loopback.Bound, default)).Descriptors;
        }

        Assert.Equal(before, OpenDescriptors.Count);
        await sides.Giver.Control.SendAsync(new byte[] { 1, 2, 3 }, [one], default);
        var (given, taken) = await sides.MoveAsync(new Goods(1), new Wants());
        Assert.Equal((MoveOutcome.Moved, MoveOutcome.Moved), (given.Outcome, taken.Result.Outcome));
        taken.Sockets[0].Descriptor.Dispose();
        Assert.Equal(before, OpenDescriptors.Count);
    }

    [Fact]
    public async Task A_wait_for_an_offer_ends_when_either_side_closes()
    {
        foreach (var isOwn in new[] { true, false })
        {
            await using var sides = new TwoSides();
            var waiting = Taker.NextOfferAsync(sides.Taker, Loopback.Bound, default).AsTask();
            (isOwn ? sides.Taker : sides.Giver).Dispose();
            var (offer, result) = await waiting.WaitAsync(Loopback.Bound / 2);
            Assert.Null(offer);
            Assert.Equal(isOwn ? ResultCode.EEBADF : ResultCode.EENOTCONN, result.Code);
        }
    }

    [Fact]
    public async Task A_second_offer_meanwhile_is_declined_as_busy()
    {
        await using var sides = new TwoSides();
        var taking = sides.TakeAsync(new Wants { Answer = Wants.Silence });
        await sides.Giver.SendAsync(Offer(1), [], default);
        await sides.Giver.SendAsync(Offer(1) with { Id = 6 }, [], default);
        var declined = await sides.Giver.ReceiveAsync(Loopback.Bound, default);
        Assert.Equal((6u, ResultCode.EEBUSY), (declined.Id, Assert.IsType<Frame.Decline>(declined.Frame).Why.Code));
        sides.Giver.TrySend(new Frame.Withdraw(5, Why));
        Assert.Equal(new MoveResult(MoveOutcome.Revoked, Why), (await taking).Result);
    }

    private static Frame.Offer Offer(int sockets)
    {
        using var goods = new Goods(sockets);
        return new Frame.Offer(5, HandleCapabilities.Streams, Loopback.Bound, "", goods.Facts);
    }

    private static async Task Accepted(TwoSides sides) =>
        Assert.IsType<Frame.Accept>((await sides.Giver.ReceiveAsync(Loopback.Bound, default)).Frame);

    private static async Task<FrameArrival> Next<T>(TwoSides sides)
    {
        var arrival = await sides.Taker.ReceiveAsync(Loopback.Bound, default);
        Assert.IsType<T>(arrival.Frame);
        return arrival;
    }
}
