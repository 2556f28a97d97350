using System.Buffers;

namespace Handoff.TestKit.Checks;

// All bytes of one direction of a connection, in order, as whoever sends them meant them. Some may be known by their
// number only.
internal sealed class ByteTrack
{
    private readonly List<(int From, int To)> _unknown = [];
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        MakeRoomFor(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void AppendUnknown(int count)
    {
        MakeRoomFor(count);
        _unknown.Add((Length, Length + count));
        Length += count;
    }

    public void CutTo(long length)
    {
        if (length >= Length) return;
        Length = (int)length;
        _unknown.RemoveAll(part => part.From >= Length);
        if (_unknown is [.., var last] && last.To > Length) _unknown[^1] = (last.From, Length);
    }

    // Null if the bytes are those of this position; else what is wrong with them.
    public string? WhyNot(long position, in ReadOnlySequence<byte> bytes)
    {
        if (position + bytes.Length > Length)
            return $"bytes {position} to {position + bytes.Length}, but only {Length} were sent";
        foreach (var part in bytes)
        {
            if (Difference((int)position, part.Span) is { } other)
                return $"another byte than was sent at position {other}";
            position += part.Length;
        }

        return null;
    }

    // Where the bytes are not those from this position on; null if they are, as far as they are known.
    public int? Difference(int position, ReadOnlySpan<byte> bytes)
    {
        var end = position + bytes.Length;
        for (var at = position; at < end; at = EndOfUnknown(at))
        {
            at += bytes[(at - position)..].CommonPrefixLength(_bytes.AsSpan(at, end - at));
            if (at == end) return null;
            if (EndOfUnknown(at) == at) return at;
        }

        return null;
    }

    private int EndOfUnknown(int position)
    {
        foreach (var (from, to) in _unknown)
        {
            if (position >= from && position < to) return to;
        }

        return position;
    }

    private void MakeRoomFor(int count)
    {
        if (Length + count > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + count));
    }
}
