using FsCheck;
using FsCheck.Fluent;
using Handoff.Transport.Handles.Frames;
using Xunit.Abstractions;

namespace Handoff.Transport.Tests.Handles.Frames;

public sealed class FrameRoundTripTests(ITestOutputHelper output)
{
    private const int Frames = 2_000;
    private const int Bound = 1024 * 1024;

    // A failure tells the seed that FsCheck began with, and the smallest frame that fails.
    [Fact]
    public void What_is_written_is_read_as_it_was_and_written_the_same_again()
    {
        var kinds = new SortedSet<string>(StringComparer.Ordinal);
        Prop.ForAll(
            Arb.From(AnyFrame.Any),
            frame =>
            {
                kinds.Add(frame.GetType().Name);
                var bytes = FrameEncoder.Encode(frame);
                var (read, error, id) = FrameDecoder.Decode(bytes.Span, Bound);
                Assert.Null(error);
                Assert.Equal(frame.Id, id);
                Assert.Equal(FrameText.Of(frame), FrameText.Of(read!));
                Assert.Equal(frame.Descriptors, read!.Descriptors);
                Assert.Equal(bytes.ToArray(), FrameEncoder.Encode(read).ToArray());
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(Frames));
        output.WriteLine(string.Join(", ", kinds));
        Assert.Equal(
            [
                "Accept", "Adopt", "Adopted", "Answer", "Claim", "Decline", "Deposit", "Hello", "Left", "List",
                "Listing", "Offer", "Part", "Refuse", "Sealed", "Traces", "Transfer", "Update", "Withdraw",
                "Withdrawal",
            ],
            kinds);
    }

    // Every frame ends where it says: what is cut is told as truncated, or as a count that the rest cannot hold.
    [Fact]
    public void A_frame_that_is_cut_anywhere_is_no_frame() => Prop.ForAll(
        Arb.From(AnyFrame.Any),
        frame =>
        {
            var bytes = FrameEncoder.Encode(frame).ToArray();
            for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 50))
            {
                var decoded = FrameDecoder.Decode(bytes.AsSpan(0, length), Bound);
                Assert.Null(decoded.Frame);
                Assert.Contains(decoded.Error!.Fault, (FrameFault[])[FrameFault.Truncated, FrameFault.BadCount]);
            }

            Assert.Equal(FrameFault.Trailing, FrameDecoder.Decode([.. bytes, 0], Bound).Error!.Fault);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Frames / 10));
}
