using System.Text;

namespace Akka.IO;

public sealed partial class ByteString
{
    public static ByteString CopyFrom(byte[] array) => CopyFrom(array, 0, array.Length);

    public static ByteString CopyFrom(byte[] array, int offset, int count) =>
        CopyFrom(SegmentOf(array, offset, count));

    public static ByteString CopyFrom(ArraySegment<byte> buffer) => FromBytes(buffer.ToArray());

    public static ByteString CopyFrom(Memory<byte> memory) => FromBytes(memory.ToArray());

    public static ByteString CopyFrom(Span<byte> span) => FromBytes(span.ToArray());

    public static ByteString CopyFrom(IEnumerable<ArraySegment<byte>> buffers) =>
        FromBytes(buffers.Select(b => new ArraySegment<byte>(b.ToArray())));

    // These take the array as it is; who gives it away must not change it.
    public static ByteString FromBytes(byte[] array) => FromBytes(new ArraySegment<byte>(array));

    public static ByteString FromBytes(byte[] array, int offset, int count) =>
        FromBytes(SegmentOf(array, offset, count));

    public static ByteString FromBytes(ArraySegment<byte> buffer) =>
        buffer.Count == 0 ? Empty : new ByteString([buffer], buffer.Count);

    public static ByteString FromBytes(IEnumerable<ArraySegment<byte>> buffers)
    {
        ArraySegment<byte>[] parts = [.. buffers.Where(b => b.Count > 0)];
        return parts.Length == 0 ? Empty : new ByteString(parts, parts.Sum(p => p.Count));
    }

    public static ByteString FromString(string str) => FromString(str, Encoding.UTF8);

    public static ByteString FromString(string str, Encoding encoding) => FromBytes(encoding.GetBytes(str));

    public byte[] ToArray()
    {
        var array = new byte[Count];
        CopyTo(array, 0, Count);
        return array;
    }

    // From the index in the buffer on; the answer is how many were copied.
    public int CopyTo(byte[] buffer, int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        if (count > buffer.Length - index)
        {
            throw new ArgumentException(
                "Provided number of bytes to copy won't fit into provided buffer", nameof(count));
        }

        var copied = Math.Min(count, Count);
        var left = buffer.AsSpan(index, copied);
        foreach (var part in _parts)
        {
            var some = part.AsSpan(0, Math.Min(part.Count, left.Length));
            some.CopyTo(left);
            left = left[some.Length..];
        }

        return copied;
    }

    public int CopyTo(ref Memory<byte> buffer)
    {
        var span = buffer.Span;
        return CopyTo(ref span);
    }

    public int CopyTo(ref Span<byte> buffer)
    {
        var left = buffer;
        foreach (var part in _parts)
        {
            part.AsSpan().CopyTo(left);
            left = left[part.Count..];
        }

        return Count;
    }

    public void WriteTo(Stream stream)
    {
        foreach (var part in _parts)
            stream.Write(part);
    }

    public async Task WriteToAsync(Stream stream)
    {
        foreach (var part in _parts)
            await stream.WriteAsync(part);
    }

    private static ArraySegment<byte> SegmentOf(byte[] array, int offset, int count)
    {
        if ((uint)offset > (uint)array.Length)
            throw new ArgumentOutOfRangeException(nameof(offset));
        return count <= array.Length - offset
            ? new ArraySegment<byte>(array, offset, count)
            : throw new ArgumentException(
                $"Provided length of array to copy [{count}] doesn't fit array length [{array.Length}] and offset "
                + $"[{offset}].",
                nameof(count));
    }
}
