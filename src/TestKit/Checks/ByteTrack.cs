using System.Buffers;

namespace Handoff.TestKit.Checks;

// All bytes of one direction of a connection, in order, as whoever sends them meant them.
internal sealed class ByteTrack
{
    private byte[] _bytes = new byte[256];

    public int Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Length + bytes.Length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, Length + bytes.Length));
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void CutTo(long length) => Length = (int)Math.Min(Length, length);

    public ReadOnlySpan<byte> From(long position, int length) => _bytes.AsSpan((int)position, length);

    // Null if the bytes are those of this position; else what is wrong with them.
    public string? WhyNot(long position, in ReadOnlySequence<byte> bytes)
    {
        if (position + bytes.Length > Length)
            return $"bytes {position} to {position + bytes.Length}, but only {Length} were sent";
        foreach (var part in bytes)
        {
            var same = part.Span.CommonPrefixLength(From(position, part.Length));
            if (same < part.Length) return $"another byte than was sent at position {position + same}";
            position += part.Length;
        }

        return null;
    }
}
