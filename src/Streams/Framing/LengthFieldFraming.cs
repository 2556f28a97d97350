using System.Buffers;
using System.Buffers.Binary;

namespace Handoff.Streams.Framing;

internal sealed class LengthFieldFraming(int size, int maxFrame) : SocketFraming
{
    public override int MaxFrame => maxFrame;

    public override int MaxOverhead => size;

    public override bool TryFind(
        in ReadOnlySequence<byte> unread, out ReadOnlySequence<byte> frame, out SequencePosition end)
    {
        (frame, end) = (default, default);
        if (unread.Length < size) return false;
        var length = LengthIn(unread);
        if (length > maxFrame) throw new FormatException($"a frame of {length} bytes; it may have {maxFrame}");
        if (unread.Length - size < length) return false;
        frame = unread.Slice(size, length);
        end = frame.End;
        return true;
    }

    private uint LengthIn(in ReadOnlySequence<byte> unread)
    {
        Span<byte> padded = stackalloc byte[sizeof(uint)];
        unread.Slice(0, size).CopyTo(padded[^size..]);
        return BinaryPrimitives.ReadUInt32BigEndian(padded);
    }
}
