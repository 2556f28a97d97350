using Handoff.Transport.Associations;

namespace Handoff.Transport.Handles.Frames;

// A queued message as bytes, and back.
internal static class MessageCodec
{
    public const int ReceiveInfo = 4 + 2 + 2 + 4 + 4 + 4 + 4 + 1;
    public const int SendInfo = 4 + 2 + 4 + 1 + 4 + 1 + 4;

    public static long SizeOf(QueuedMessage message)
    {
        var size = FrameBounds.SmallestMessage + (long)message.Bytes.Length;
        if (message.Address is { } address) size += WireAddress.Of(address).Length;
        if (message.Received is not null) size += ReceiveInfo;
        return message.Sending is null ? size : size + SendInfo;
    }

    public static void Write(WireWriter to, QueuedMessage message)
    {
        var mark = MarkOf(message);
        to.Address(message.Address);
        to.Byte((byte)mark);
        if (mark is MessageMark.Failure)
        {
            to.UInt32((uint)message.Failure!.Value);
            return;
        }

        if (message.Received is { } received) Write(to, received);
        if (message.Sending is { } sending) Write(to, sending);
        to.Bytes(message.Bytes.Span);
    }

    public static QueuedMessage Read(ref WireReader from)
    {
        var address = from.Address();
        var mark = from.OneOf<MessageMark>(from.Byte());
        if (mark is MessageMark.Failure)
            return new QueuedMessage(address, default) { Failure = FrameDecoder.Failure(ref from) };
        SctpReceiveInfo? received =
            mark is MessageMark.Received or MessageMark.ReceivedTruncated ? Received(ref from) : null;
        SctpSendInfo? sending = mark is MessageMark.ToSend ? Sending(ref from) : null;
        return new QueuedMessage(address, from.Bytes())
        {
            IsTruncated = mark is MessageMark.Truncated or MessageMark.ReceivedTruncated,
            Received = received,
            Sending = sending,
        };
    }

    private static MessageMark MarkOf(QueuedMessage message)
    {
        var isAssociations = message.Received is not null || message.Sending is not null;
        if (message.Failure is not null)
        {
            if (message.IsTruncated || isAssociations || !message.Bytes.IsEmpty)
                throw new ArgumentException("A failure has no bytes, and nothing is known of it.", nameof(message));
            return MessageMark.Failure;
        }

        if (!isAssociations) return message.IsTruncated ? MessageMark.Truncated : MessageMark.Whole;
        if (message.Sending is null) return message.IsTruncated ? MessageMark.ReceivedTruncated : MessageMark.Received;
        if (message.IsTruncated || message.Received is not null)
            throw new ArgumentException("What is to be sent was not received.", nameof(message));
        return MessageMark.ToSend;
    }

    private static void Write(WireWriter to, in SctpReceiveInfo info)
    {
        to.UInt32((uint)info.Association.Value);
        to.UInt16(info.Stream);
        to.UInt16(info.StreamSequence);
        to.UInt32(info.PayloadProtocol);
        to.UInt32(info.TransmissionSequence);
        to.UInt32(info.CumulativeSequence);
        to.UInt32(info.Context);
        to.Byte(info.IsUnordered ? (byte)1 : (byte)0);
    }

    private static SctpReceiveInfo Received(ref WireReader from) => new(
        new SctpAssociationId((int)from.UInt32()),
        from.UInt16(),
        from.UInt16(),
        from.UInt32(),
        from.UInt32(),
        from.UInt32(),
        from.UInt32(),
        IsUnordered(ref from));

    private static bool IsUnordered(ref WireReader from)
    {
        var value = from.Byte();
        if (value > 1) from.Fail(FrameFault.BadValue, $"unordered {value}");
        return value == 1;
    }

    private static void Write(WireWriter to, in SctpSendInfo info)
    {
        to.UInt32((uint)info.Association.Value);
        to.UInt16(info.Stream);
        to.UInt32(info.PayloadProtocol);
        to.Byte((byte)info.Flags);
        to.UInt32(info.Context);
        to.Byte((byte)info.Reliability.Policy);
        to.UInt32(info.Reliability.Value);
    }

    private static SctpSendInfo Sending(ref WireReader from) => new()
    {
        Association = new SctpAssociationId((int)from.UInt32()),
        Stream = from.UInt16(),
        PayloadProtocol = from.UInt32(),
        Flags = Flags(ref from),
        Context = from.UInt32(),
        Reliability = new SctpReliability(Policy(ref from), from.UInt32()),
    };

    // What waits ends nothing.
    private static SctpSendFlags Flags(ref WireReader from)
    {
        var value = (SctpSendFlags)from.Byte();
        if ((value & ~(SctpSendFlags.Unordered | SctpSendFlags.AddressOverride)) != 0)
            from.Fail(FrameFault.BadValue, $"send flags {(int)value}");
        return value;
    }

    private static SctpReliabilityPolicy Policy(ref WireReader from)
    {
        var value = (SctpReliabilityPolicy)from.Byte();
        if (!Enum.IsDefined(value)) from.Fail(FrameFault.BadValue, $"reliability {(int)value}");
        return value;
    }
}
