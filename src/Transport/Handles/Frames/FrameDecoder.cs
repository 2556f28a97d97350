namespace Handoff.Transport.Handles.Frames;

// Reads what FrameEncoder wrote, and says of anything else why it is no frame. It never throws.
internal static class FrameDecoder
{
    public static DecodedFrame Decode(ReadOnlySpan<byte> bytes, int bound)
    {
        var from = new WireReader(bytes);
        if (bytes.Length > bound) from.Fail(FrameFault.TooLong, $"{bytes.Length} bytes; a frame may have {bound}");
        var mark = from.UInt16();
        if (mark != FrameEncoder.Mark) from.Fail(FrameFault.NotAFrame, $"it begins with {mark:x4}");
        var version = from.Byte();
        var kind = (FrameKind)from.Byte();
        var id = from.UInt64();
        if (version != FrameEncoder.Version)
            from.Fail(FrameFault.UnknownVersion, $"version {version}; this is {FrameEncoder.Version}");
        if (from.Error is not null) return new(null, from.Error, id);
        var frame = Body(ref from, kind, id);
        if (frame is null) from.Fail(FrameFault.UnknownKind, $"kind {(byte)kind}");
        from.End();
        return from.Error is { } error ? new(null, error, id) : new(frame, null, id);
    }

    // Which offer it is, where the beginning of one is all that is looked at; else 0. Nothing else is answered unread:
    // two sides that refuse each other would answer each other's answers for ever.
    public static ulong IdOfOffer(ReadOnlySpan<byte> beginning)
    {
        var from = new WireReader(beginning);
        var mark = from.UInt16();
        from.Byte();
        var kind = (FrameKind)from.Byte();
        var id = from.UInt64();
        return mark == FrameEncoder.Mark && kind is FrameKind.Offer ? id : 0;
    }

    private static Frame? Body(ref WireReader from, FrameKind kind, ulong id) => kind switch
    {
        FrameKind.Offer => Offer(ref from, id),
        FrameKind.Accept => new Frame.Accept(id),
        FrameKind.Decline => new Frame.Decline(id, Why(ref from)),
        FrameKind.Part => new Frame.Part(id, First(ref from), Baggage(ref from, fewest: 1)),
        FrameKind.Transfer => new Frame.Transfer(id, First(ref from), Baggage(ref from, fewest: 0)),
        FrameKind.Adopted => new Frame.Adopted(id),
        FrameKind.Refuse => new Frame.Refuse(id, Why(ref from)),
        FrameKind.Withdraw => new Frame.Withdraw(id, Why(ref from)),
        FrameKind.Sealed => new Frame.Sealed(id, from.Count(int.MaxValue, smallest: 0)),
        FrameKind.Claim => Claim(ref from, id),
        FrameKind.Traces => TraceCodec.Read(ref from, id),
        _ => KeeperCodec.Read(ref from, kind, id),
    };

    private static Frame.Claim Claim(ref WireReader from, ulong id)
    {
        var within = TimeSpan.FromMilliseconds(from.UInt32());
        var name = from.Text(FrameBounds.Name);
        if (name.Length == 0) from.Fail(FrameFault.BadText, "a claim of no name");
        return new Frame.Claim(id, name, within);
    }

    private static Frame.Offer Offer(ref WireReader from, ulong id)
    {
        var needs = (HandleCapabilities)from.UInt32();
        var within = TimeSpan.FromMilliseconds(from.UInt32());
        var label = from.Text(FrameBounds.Label);
        var count = from.Count(FrameBounds.Sockets, FrameBounds.SmallestFacts);
        if (count == 0) from.Fail(FrameFault.BadCount, "an offer of nothing");
        var sockets = new SocketFacts[count];
        for (var i = 0; i < count && from.Error is null; i++) sockets[i] = Facts(ref from);
        return new Frame.Offer(id, needs, within, label, sockets);
    }

    internal static SocketFacts Facts(ref WireReader from)
    {
        var facts = new SocketFacts(
            from.OneOf<HandleKind>(from.Byte()),
            from.Text(FrameBounds.Transport),
            from.Address(),
            from.Address(),
            from.Position(),
            from.Position(),
            Attachment: null);
        return facts with { UnreadMessages = from.Position(), Attachment = Attachment(ref from) };
    }

    private static SocketAttachment? Attachment(ref WireReader from)
    {
        switch (from.Byte())
        {
            case 0:
                return null;
            case 1:
                return new(new((int)from.UInt32(), from.Text(FrameBounds.Manifest)), from.Bytes());
            case var other:
                from.Fail(FrameFault.BadValue, $"attachment {other}");
                return null;
        }
    }

    private static SocketResult Why(ref WireReader from) => new(Failure(ref from), from.Text(FrameBounds.Reason));

    // A code that is no success.
    internal static ResultCode Failure(ref WireReader from)
    {
        var code = Code(ref from);
        if (code is ResultCode.EESUCCESS) from.Fail(FrameFault.BadValue, "a failure for no reason");
        return code;
    }

    internal static SocketResult Result(ref WireReader from) => new(Code(ref from), from.Text(FrameBounds.Reason));

    private static ResultCode Code(ref WireReader from)
    {
        var code = (ResultCode)(int)from.UInt32();
        if (!Enum.IsDefined(code) || code is ResultCode.None)
            from.Fail(FrameFault.BadValue, $"result code {(int)code}");
        return code;
    }

    private static int First(ref WireReader from) => from.Count(FrameBounds.Sockets, smallest: 0);

    private static SocketBaggage[] Baggage(ref WireReader from, int fewest)
    {
        var count = from.Count(FrameBounds.DescriptorsOfMessage, FrameBounds.SmallestBaggage);
        if (count < fewest) from.Fail(FrameFault.BadCount, "a part without a socket");
        var all = new SocketBaggage[count];
        for (var i = 0; i < count && from.Error is null; i++) all[i] = OneBaggage(ref from);
        return all;
    }

    internal static SocketBaggage OneBaggage(ref WireReader from) => new(
        from.Position(),
        from.Position(),
        Ends(ref from),
        Messages(ref from),
        Messages(ref from));

    private static SocketEnds Ends(ref WireReader from)
    {
        var value = from.Byte();
        if (value > (byte)SocketEnds.All) from.Fail(FrameFault.BadValue, $"ends {value}");
        return (SocketEnds)value;
    }

    private static QueuedMessage[] Messages(ref WireReader from)
    {
        var count = from.Count(FrameBounds.Messages, FrameBounds.SmallestMessage);
        var messages = new QueuedMessage[count];
        for (var i = 0; i < count && from.Error is null; i++) messages[i] = MessageCodec.Read(ref from);
        return messages;
    }
}
