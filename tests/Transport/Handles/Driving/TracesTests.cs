using System.Diagnostics;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Tests.Engine.Linux;
using Handoff.Transport.Tests.Handles.Passing;
using Handoff.Transport.Tests.Setup;

namespace Handoff.Transport.Tests.Handles.Driving;

[Collection(nameof(Alone))]
public sealed class TracesTests
{
    private static readonly ActivityContext One = Context("vendor=1");
    private static readonly ActivityContext Two = Context(state: null);

    [Fact]
    public async Task Each_socket_of_an_offer_is_asked_about_in_the_trace_that_it_is_offered_in()
    {
        var asked = await AskedAsync(new Goods(3) { Traces = [One, null, Two] });
        Assert.Equal([One, null, Two], asked.Origins.Select(trace => trace is { } there ? Local(there) : trace));
        Assert.True(asked.Origins[0]!.Value.IsRemote);
    }

    [Fact]
    public async Task Traces_that_are_not_one_for_each_socket_are_left_aside()
    {
        Assert.Empty((await AskedAsync(new Goods(1) { Traces = [One, Two] })).Origins);
        Assert.Empty((await AskedAsync(new Goods(1))).Origins);
    }

    // Number 0 is what a taker that does not know the kind passes over, before an offer of any number.
    [Fact]
    public async Task They_are_told_right_before_the_offer_as_a_frame_that_an_older_taker_passes_over()
    {
        await using var sides = new TwoSides();
        using var goods = new Goods(1) { Traces = [One] };
        using var revoke = new CancellationTokenSource();
        var giving = Giver.GiveAsync(sides.Giver, 5, goods, revoke.Token).AsTask();
        var first = await sides.Taker.Control.ReceiveAsync(Loopback.Bound, default);
        var traces = Assert.IsType<Frame.Traces>(FrameDecoder.Decode(first.Bytes.Span, first.Bytes.Length).Frame);
        Assert.Equal((0UL, 5UL), (traces.Id, traces.Of));
        var second = await sides.Taker.Control.ReceiveAsync(Loopback.Bound, default);
        Assert.IsType<Frame.Offer>(FrameDecoder.Decode(second.Bytes.Span, second.Bytes.Length).Frame);
        await revoke.CancelAsync();
        Assert.Equal(MoveOutcome.Revoked, (await giving.WaitAsync(Loopback.Bound)).Outcome);
    }

    [Fact]
    public async Task Traces_of_another_offer_and_traces_over_and_over_are_no_traces_of_this_one()
    {
        await using var sides = new TwoSides();
        sides.Giver.TrySend(new Frame.Traces(0, Of: 4, [One]));
        using var goods = new Goods(1);
        var wants = new Wants();
        var (given, taken) = await sides.MoveAsync(goods, wants);
        Assert.Equal(MoveOutcome.Moved, given.Outcome);
        Assert.Empty(Assert.Single(wants.Asked).Origins);
        foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();

        for (var i = 0; i < 2; i++) sides.Giver.TrySend(new Frame.Traces(0, Of: 5, [One]));
        var arrival = await sides.Taker.ReceiveAsync(Loopback.Bound, default);
        Assert.Equal((null, ResultCode.EEBADDATA, 0UL), (arrival.Frame, arrival.Result.Code, arrival.Id));
    }

    [Fact]
    public void A_state_that_is_too_long_stays_and_a_trace_without_a_number_is_none()
    {
        var frame = new Frame.Traces(0, 5, [Context(new string('x', FrameBounds.TraceState + 1))]);
        var bytes = FrameEncoder.Encode(frame).ToArray();
        var decoded = (Frame.Traces)FrameDecoder.Decode(bytes, bytes.Length).Frame!;
        Assert.Null(Assert.Single(decoded.Contexts)!.Value.TraceState);

        // Behind the header, whose offer it is, how many, and that there is one.
        bytes.AsSpan(12 + 8 + 4 + 1, 16).Clear();
        Assert.Equal(FrameFault.BadValue, FrameDecoder.Decode(bytes, bytes.Length).Error!.Fault);
    }

    private static async Task<Frame.Offer> AskedAsync(Goods goods)
    {
        await using var sides = new TwoSides();
        using (goods)
        {
            var wants = new Wants();
            var (given, taken) = await sides.MoveAsync(goods, wants);
            Assert.Equal(MoveOutcome.Moved, given.Outcome);
            foreach (var socket in taken.Sockets) socket.Descriptor.Dispose();
            return Assert.Single(wants.Asked);
        }
    }

    private static ActivityContext? Local(ActivityContext trace) =>
        new ActivityContext(trace.TraceId, trace.SpanId, trace.TraceFlags, trace.TraceState);

    private static ActivityContext Context(string? state) => new(
        ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded, state);
}
