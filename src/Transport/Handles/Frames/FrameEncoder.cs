namespace Handoff.Transport.Handles.Frames;

// Writes frames: mark (2 bytes), version, kind, number (8 bytes), and what its kind has. The first twelve bytes stay
// as they are in every version, so that what is not understood can still be answered.
internal static class FrameEncoder
{
    public const ushort Mark = 0x6F48;
    public const byte Version = 1;

    public static ReadOnlyMemory<byte> Encode(Frame frame)
    {
        var to = new WireWriter();
        to.UInt16(Mark);
        to.Byte(Version);
        to.Byte((byte)KindOf(frame));
        to.UInt64(frame.Id);
        switch (frame)
        {
            case Frame.Offer offer:
                Write(to, offer);
                break;
            case Frame.Decline decline:
                Write(to, decline.Why);
                break;
            case Frame.Refuse refuse:
                Write(to, refuse.Why);
                break;
            case Frame.Withdraw withdraw:
                Write(to, withdraw.Why);
                break;
            case Frame.Part part:
                Write(to, part.First, part.Baggage);
                break;
            case Frame.Transfer transfer:
                Write(to, transfer.First, transfer.Baggage);
                break;
            case Frame.Claim claim:
                Write(to, claim);
                break;
            case Frame.Traces traces:
                TraceCodec.Write(to, traces);
                break;
            case Frame.Sealed { Length: var length }:
                to.Count(length, int.MaxValue);
                break;
            case KeeperFrame kept:
                KeeperCodec.Write(to, kept);
                break;
        }

        return to.Written;
    }

    private static FrameKind KindOf(Frame frame) => frame switch
    {
        Frame.Offer => FrameKind.Offer,
        Frame.Accept => FrameKind.Accept,
        Frame.Decline => FrameKind.Decline,
        Frame.Part => FrameKind.Part,
        Frame.Transfer => FrameKind.Transfer,
        Frame.Adopted => FrameKind.Adopted,
        Frame.Refuse => FrameKind.Refuse,
        Frame.Withdraw => FrameKind.Withdraw,
        Frame.Sealed => FrameKind.Sealed,
        Frame.Claim => FrameKind.Claim,
        Frame.Traces => FrameKind.Traces,
        _ => KeeperCodec.KindOf(frame)
            ?? throw new ArgumentException($"{frame.GetType().Name} has no number.", nameof(frame)),
    };

    private static void Write(WireWriter to, Frame.Offer offer)
    {
        to.UInt32((uint)offer.Needs);
        Write(to, offer.AnswerWithin);
        to.Text(offer.Label, FrameBounds.Label);
        to.Count(offer.Sockets.Count, FrameBounds.Sockets);
        foreach (var facts in offer.Sockets) Write(to, facts);
    }

    private static void Write(WireWriter to, Frame.Claim claim)
    {
        ArgumentException.ThrowIfNullOrEmpty(claim.Name, nameof(claim));
        Write(to, claim.Within);
        to.Text(claim.Name, FrameBounds.Name);
    }

    private static void Write(WireWriter to, TimeSpan within)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(within, FrameBounds.AnswerWithin);
        ArgumentOutOfRangeException.ThrowIfLessThan(within, TimeSpan.Zero);
        to.UInt32((uint)within.TotalMilliseconds);
    }

    internal static void Write(WireWriter to, SocketFacts facts)
    {
        to.Byte((byte)facts.Kind);
        to.Text(facts.Transport, FrameBounds.Transport);
        to.Address(facts.Local);
        to.Address(facts.Remote);
        to.Position(facts.Unread);
        to.Position(facts.Unsent);
        to.Position(facts.UnreadMessages);
        to.Byte(facts.Attachment is null ? (byte)0 : (byte)1);
        if (facts.Attachment is not { } attachment) return;
        to.UInt32((uint)attachment.Kind.Serializer);
        to.Text(attachment.Kind.Manifest, FrameBounds.Manifest);
        to.Bytes(attachment.Bytes.Span);
    }

    internal static void Write(WireWriter to, SocketResult why)
    {
        to.UInt32((uint)why.Code);
        to.CutText(why.Reason, FrameBounds.Reason);
    }

    private static void Write(WireWriter to, int first, IReadOnlyList<SocketBaggage> all)
    {
        to.Count(first, FrameBounds.Sockets);
        to.Count(all.Count, FrameBounds.DescriptorsOfMessage);
        foreach (var baggage in all) Write(to, baggage);
    }

    internal static void Write(WireWriter to, SocketBaggage baggage)
    {
        to.Position(baggage.Consumed);
        to.Position(baggage.Written);
        to.Byte((byte)baggage.Ends);
        Write(to, baggage.Unread);
        Write(to, baggage.Unsent);
    }

    private static void Write(WireWriter to, IReadOnlyList<QueuedMessage> messages)
    {
        to.Count(messages.Count, FrameBounds.Messages);
        foreach (var message in messages) MessageCodec.Write(to, message);
    }
}
