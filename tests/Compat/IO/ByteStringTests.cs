using System.Text;
using Akka.IO;

namespace Handoff.Compat.Tests.IO;

public sealed class ByteStringTests
{
    private static readonly ByteString Two = ByteString.FromString("hello") + ByteString.FromString(" world");

    [Fact]
    public void Bytes_are_put_together_without_a_copy_and_made_one_piece()
    {
        Assert.Equal("hello world", Two.ToString());
        Assert.Equal(11, Two.Count);
        Assert.False(Two.IsCompact);
        Assert.True(Two.Compact().IsCompact);
        Assert.Equal(Two, Two.Compact());
        Assert.Same(Two, Two.Concat(ByteString.Empty));
        Assert.Same(Two, ByteString.Empty.Concat(Two));
        Assert.True(ByteString.Empty.IsEmpty);
        Assert.False(Two.IsEmpty);
    }

    [Fact]
    public void Each_byte_is_found_by_its_place_and_its_place_by_the_byte()
    {
        Assert.Equal((byte)' ', Two[5]);
        Assert.Equal(6, Two.IndexOf((byte)'w'));
        Assert.Equal(2, Two.IndexOf((byte)'l'));
        Assert.Equal(9, Two.IndexOf((byte)'l', 4));
        Assert.Equal(-1, Two.IndexOf((byte)'x'));
        Assert.Throws<IndexOutOfRangeException>(() => Two[11]);
        Assert.Throws<IndexOutOfRangeException>(() => ByteString.Empty[0]);
    }

    [Fact]
    public void A_part_of_it_is_one_too()
    {
        Assert.Equal("lo wo", Two.Slice(3, 5).ToString());
        Assert.Equal("world", Two.Slice(6).ToString());
        Assert.True(Two.Slice(11).IsEmpty);
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.Slice(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.Slice(1, 99));
        Assert.Throws<ArgumentOutOfRangeException>(() => Two.Slice(0, -1));
        Assert.True(Two.HasSubstring(ByteString.FromString("o w"), 4));
        Assert.False(Two.HasSubstring(ByteString.FromString("o w"), 3));
        Assert.False(Two.HasSubstring(ByteString.FromString("dd"), 10));
    }

    [Fact]
    public void It_is_equal_to_what_has_the_same_bytes()
    {
        var one = ByteString.FromString("hello world");
        Assert.True(Two == one);
        Assert.False(Two != one);
        Assert.True(Two.Equals((object)one));
        Assert.Equal(Two.GetHashCode(), one.GetHashCode());
        Assert.False(Two.Equals(null));
        Assert.True(Two != ByteString.Empty);
    }

    [Fact]
    public void It_takes_an_array_as_it_is_or_copies_it()
    {
        byte[] bytes = [1, 2, 3, 4];
        var taken = ByteString.FromBytes(bytes);
        var copied = ByteString.CopyFrom(bytes);
        bytes[0] = 9;

        Assert.Equal(9, taken[0]);
        Assert.Equal(1, copied[0]);
        Assert.Equal([2, 3], ByteString.FromBytes(bytes, 1, 2).ToArray());
        Assert.Equal([2, 3], ByteString.CopyFrom(bytes, 1, 2).ToArray());
        Assert.Equal([2], ByteString.FromBytes(new ArraySegment<byte>(bytes, 1, 1)).ToArray());
        Assert.Equal([2, 9, 2], ByteString.FromBytes(
            new ArraySegment<byte>[] { new(bytes, 1, 1), new(bytes, 0, 2) }).ToArray());
        Assert.Equal([3], ByteString.CopyFrom(bytes.AsSpan(2, 1)).ToArray());
        Assert.Throws<ArgumentException>(() => ByteString.FromBytes(bytes, 3, 9));
    }

    [Fact]
    public async Task It_is_copied_and_written_out()
    {
        var buffer = new byte[6];
        Assert.Equal(4, Two.CopyTo(buffer, 1, 4));
        Assert.Equal("\0hell\0", Encoding.ASCII.GetString(buffer));
        Assert.Throws<ArgumentException>(() => Two.CopyTo(buffer, 3, 9));
        Memory<byte> memory = new byte[20];
        Assert.Equal(11, Two.CopyTo(ref memory));
        using var stream = new MemoryStream();
        Two.WriteTo(stream);
        await Two.WriteToAsync(stream);

        Assert.Equal("hello worldhello world", Encoding.UTF8.GetString(stream.ToArray()));
        Assert.Equal(Two.ToArray(), Two.AsEnumerable());
        Assert.Equal(Two.ToArray(), (byte[])Two);
        Assert.Equal(Two, (ByteString)Two.ToArray());
        using var bytes = Two.GetEnumerator();
        Assert.True(bytes.MoveNext());
        Assert.Equal("h\0", ByteString.FromString("h", Encoding.Unicode).ToString(Encoding.ASCII));
    }
}
