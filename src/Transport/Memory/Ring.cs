using System.Buffers;

namespace Handoff.Transport.Memory;

// A bounded first-in-first-out of bytes that holds no array while it is empty.
internal sealed class Ring(int capacity)
{
    private byte[] _bytes = [];
    private int _start;

    public int Length { get; private set; }

    public int Free => capacity - Length;

    public int Write(in ReadOnlySequence<byte> source)
    {
        var count = (int)Math.Min(source.Length, Free);
        if (count == 0) return 0;
        if (_bytes.Length == 0) _bytes = ArrayPool<byte>.Shared.Rent(capacity);
        var at = (_start + Length) % capacity;
        var untilEnd = Math.Min(count, capacity - at);
        source.Slice(0, untilEnd).CopyTo(_bytes.AsSpan(at));
        source.Slice(untilEnd, count - untilEnd).CopyTo(_bytes);
        Length += count;
        return count;
    }

    public int Read(Span<byte> target)
    {
        var count = Math.Min(target.Length, Length);
        var untilEnd = Math.Min(count, capacity - _start);
        _bytes.AsSpan(_start, untilEnd).CopyTo(target);
        _bytes.AsSpan(0, count - untilEnd).CopyTo(target[untilEnd..]);
        Length -= count;
        _start = (_start + count) % capacity;
        if (Length == 0) Clear();
        return count;
    }

    public void Clear()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _start = 0;
        Length = 0;
    }
}
