using System.Buffers;

namespace Handoff.Transport.Sockets;

// A block as a link of a sequence. RunningIndex is the position in the stream of its first byte, so that an index into
// any segment is a position of the connection.
internal sealed class Segment(Block block) : ReadOnlySequenceSegment<byte>
{
    private int _start;

    public Block Block => block;

    public Segment? Following
    {
        get => (Segment?)Next;
        set => Next = value;
    }

    public long EndPosition => RunningIndex + Memory.Length;

    public Memory<byte> Free => block.Memory[(_start + Memory.Length)..];

    public void Begin(long position)
    {
        _start = 0;
        RunningIndex = position;
        Memory = default(ReadOnlyMemory<byte>);
        Next = null;
    }

    // Only the length of Memory changes while others read it, and they read no further than the old one.
    public void Resize(int length) => Memory = block.Memory.Slice(_start, length);

    public void DropFront(int count)
    {
        _start += count;
        RunningIndex += count;
        Resize(Memory.Length - count);
    }
}
