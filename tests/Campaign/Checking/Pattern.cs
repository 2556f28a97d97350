using System.Buffers;

namespace Handoff.Campaign.Tests.Checking;

// What stands at each position of a stream: no two places look alike for long, so that a byte that is lost, doubled or
// out of order shows at once.
internal static class Pattern
{
    public static byte At(long stream, long position)
    {
        var mixed = (ulong)((stream << 40) ^ position) * 0x9E3779B97F4A7C15;
        return (byte)((mixed ^ (mixed >> 29)) >> 24);
    }

    public static byte[] Bytes(long stream, long position, int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = At(stream, position + i);
        return bytes;
    }

    // The first position that differs; null if none does.
    public static long? Difference(long stream, long position, ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != At(stream, position + i)) return position + i;
        }

        return null;
    }

    public static long? Difference(long stream, long position, in ReadOnlySequence<byte> bytes)
    {
        foreach (var memory in bytes)
        {
            if (Difference(stream, position, memory.Span) is { } at) return at;
            position += memory.Length;
        }

        return null;
    }
}
