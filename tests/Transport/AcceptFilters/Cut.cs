using System.Buffers;

namespace Handoff.Transport.Tests.AcceptFilters;

/// <summary>Bytes in pieces, as a network brings them.</summary>
internal sealed class Cut : ReadOnlySequenceSegment<byte>
{
    private Cut(ReadOnlyMemory<byte> memory) => Memory = memory;

    public static ReadOnlySequence<byte> Into(ReadOnlyMemory<byte> bytes, Func<int> nextLength)
    {
        var first = new Cut(default);
        var last = first;
        while (!bytes.IsEmpty)
        {
            var length = Math.Clamp(nextLength(), 1, bytes.Length);
            var next = new Cut(bytes[..length]) { RunningIndex = last.RunningIndex + last.Memory.Length };
            last.Next = next;
            last = next;
            bytes = bytes[length..];
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }
}
