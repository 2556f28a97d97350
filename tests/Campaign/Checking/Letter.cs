using System.Buffers.Binary;

namespace Handoff.Campaign.Tests.Checking;

// A datagram that tells who sent it, which of his it is and how long: so that whoever receives it knows that it is
// whole.
internal readonly record struct Letter(int Port, int Number, int Length)
{
    public const int Shortest = 12;

    private const int PlaceForEach = 4096;

    public byte[] Write()
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, Port);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), Length);
        Pattern.Bytes(Port, PositionOf(Number), Length - Shortest).CopyTo(bytes, Shortest);
        return bytes;
    }

    // Null if it is another number of bytes than were sent, or others.
    public static Letter? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Shortest) return null;
        var letter = new Letter(
            BinaryPrimitives.ReadInt32LittleEndian(bytes),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]));
        var isWhole = letter.Length == bytes.Length
            && Pattern.Difference(letter.Port, PositionOf(letter.Number), bytes[Shortest..]) is null;
        return isWhole ? letter : null;
    }

    private static long PositionOf(int number) => (long)number * PlaceForEach;
}
