using FsCheck;
using FsCheck.Fluent;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Tests.Handles.Frames;

public sealed class OfferSizeTests
{
    private const int Offers = 1_000;

    // Who puts an offer together counts by these, and one that is too long would never go.
    [Fact]
    public void An_offer_is_no_longer_than_its_header_its_facts_and_their_attachments() => Prop.ForAll(
        Arb.From(AnyFrame.Facts.NonEmptyListOf().Resize(12)),
        facts =>
        {
            var label = new string('x', FrameBounds.Label);
            var offer = new Frame.Offer(1, HandleCapabilities.None, TimeSpan.Zero, label, [.. facts]);
            var most = FrameBounds.OfferHeader
                + facts.Sum(one => FrameBounds.LargestFacts + (one.Attachment?.Bytes.Length ?? 0));
            Assert.InRange(FrameEncoder.Encode(offer).Length, 0, most);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Offers));
}
