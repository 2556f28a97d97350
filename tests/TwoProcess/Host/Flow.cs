using System.Buffers.Binary;

namespace Handoff.TwoProcess.Tests.Host;

/// <summary>The bytes of one direction, known to everybody at every position.</summary>
internal sealed record Flow(ulong Seed, int Length)
{
    public void Fill(long position, Span<byte> bytes)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        for (var i = 0; i < bytes.Length; i++, position++)
        {
            var at = (int)(position % sizeof(ulong));
            var number = (Seed << 40) + (ulong)(position / sizeof(ulong));
            if (at == 0 || i == 0) BinaryPrimitives.WriteUInt64LittleEndian(word, Mixed(number));
            bytes[i] = word[at];
        }
    }

    public byte[] All()
    {
        var bytes = new byte[Length];
        Fill(0, bytes);
        return bytes;
    }

    // splitmix64
    private static ulong Mixed(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
