using System.Collections;
using System.Text;

namespace Akka.IO;

// Bytes that do not change. Slices and concatenations share the arrays of what they are made of.
public sealed partial class ByteString : IEquatable<ByteString>, IEnumerable<byte>
{
    private readonly ArraySegment<byte>[] _parts;

    private ByteString(ArraySegment<byte>[] parts, int count)
    {
        _parts = parts;
        Count = count;
    }

    public static ByteString Empty { get; } = new([], 0);

    public int Count { get; }

    public bool IsEmpty => Count == 0;

    public bool IsCompact => _parts.Length <= 1;

    public byte this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                throw new IndexOutOfRangeException("Requested index is outside of the bounds of the ByteString");
            var rest = index;
            foreach (var part in _parts)
            {
                if (rest < part.Count)
                    return part[rest];
                rest -= part.Count;
            }

            throw new IndexOutOfRangeException("Requested index is outside of the bounds of the ByteString");
        }
    }

    public static explicit operator ByteString(byte[] bytes) => CopyFrom(bytes);

    public static explicit operator byte[](ByteString byteString) => byteString.ToArray();

    public static ByteString operator +(ByteString x, ByteString y) => x.Concat(y);

    public static bool operator ==(ByteString x, ByteString y) => x is null ? y is null : x.Equals(y);

    public static bool operator !=(ByteString x, ByteString y) => !(x == y);

    public ByteString Compact() => IsCompact ? this : FromBytes(ToArray());

    public ByteString Concat(ByteString other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsEmpty ? this
            : IsEmpty ? other
            : new ByteString([.. _parts, .. other._parts], Count + other.Count);
    }

    public ByteString Slice(int index) => Slice(index, Count - index);

    public ByteString Slice(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count - index);
        if (count == 0)
            return Empty;
        if (count == Count)
            return this;
        var parts = new List<ArraySegment<byte>>();
        var skip = index;
        var left = count;
        foreach (var part in _parts)
        {
            if (skip >= part.Count)
            {
                skip -= part.Count;
                continue;
            }

            var taken = Math.Min(part.Count - skip, left);
            parts.Add(part.Slice(skip, taken));
            skip = 0;
            left -= taken;
            if (left == 0)
                break;
        }

        return new ByteString([.. parts], count);
    }

    public int IndexOf(byte b) => IndexOf(b, 0);

    public int IndexOf(byte b, int from)
    {
        var before = 0;
        foreach (var part in _parts)
        {
            var skip = Math.Max(0, from - before);
            if (skip < part.Count)
            {
                var found = part.AsSpan(skip).IndexOf(b);
                if (found >= 0)
                    return before + skip + found;
            }

            before += part.Count;
        }

        return -1;
    }

    public bool HasSubstring(ByteString other, int index) =>
        index >= 0 && index <= Count - other.Count && Slice(index, other.Count).Equals(other);

    public bool Equals(ByteString other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || other.Count != Count)
            return false;
        if (IsCompact && other.IsCompact)
            return IsEmpty || _parts[0].AsSpan().SequenceEqual(other._parts[0]);
        return this.SequenceEqual(other);
    }

    public override bool Equals(object obj) => Equals(obj as ByteString);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var part in _parts)
        {
            foreach (var one in part)
                hash.Add(one);
        }

        return hash.ToHashCode();
    }

    public IEnumerator<byte> GetEnumerator()
    {
        foreach (var part in _parts)
        {
            foreach (var one in part)
                yield return one;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => ToString(Encoding.UTF8);

    // A character may lie across two parts.
    public string ToString(Encoding encoding) =>
        IsEmpty ? "" : encoding.GetString(IsCompact ? _parts[0].AsSpan() : ToArray());
}
