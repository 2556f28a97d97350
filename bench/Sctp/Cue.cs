using System.Buffers.Binary;

namespace Handoff.Bench.Sctp;

// What a message begins with, by which both ends know what comes next: there is no other line between them.
internal readonly record struct Cue(CueKind Kind, long Number = 0, int Size = 0)
{
    public const int Length = 1 + sizeof(long) + sizeof(int);

    public static Cue Read(ReadOnlySpan<byte> message) => message.Length < Length
        ? throw new BenchFailedException($"A message of {message.Length} bytes came, which nobody sends.")
        : new(
            (CueKind)message[0],
            BinaryPrimitives.ReadInt64LittleEndian(message[1..]),
            BinaryPrimitives.ReadInt32LittleEndian(message[(1 + sizeof(long))..]));

    public void Write(Span<byte> message)
    {
        message[0] = (byte)Kind;
        BinaryPrimitives.WriteInt64LittleEndian(message[1..], Number);
        BinaryPrimitives.WriteInt32LittleEndian(message[(1 + sizeof(long))..], Size);
    }

    // As many came as were sent.
    public long Checked(long count) => Kind is CueKind.Last or CueKind.Came && Number == count
        ? count
        : throw new BenchFailedException($"{count} messages at this end, and the other end says: {this}");
}
