using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Handoff.Transport.Handles.Frames;

// Reads what WireWriter wrote, from bytes that anybody may have written. The first fault stays and every later read
// brings nothing; nothing is made that is larger than the bytes that are there.
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public FrameError? Error { get; private set; }

    public readonly int Left => _bytes.Length - _at;

    public byte Byte() => Take(1) is [var value] ? value : (byte)0;

    public ushort UInt16() =>
        Take(sizeof(ushort)) is { IsEmpty: false } value ? BinaryPrimitives.ReadUInt16LittleEndian(value) : (ushort)0;

    public uint UInt32() =>
        Take(sizeof(uint)) is { IsEmpty: false } value ? BinaryPrimitives.ReadUInt32LittleEndian(value) : 0;

    public ulong UInt64() =>
        Take(sizeof(ulong)) is { IsEmpty: false } value ? BinaryPrimitives.ReadUInt64LittleEndian(value) : 0;

    // Zero after a fault. Each of them takes some bytes, which must be there.
    public int Count(int bound, int smallest)
    {
        var value = UInt32();
        if (value <= bound && value * (long)smallest <= Left) return (int)value;
        Fail(FrameFault.BadCount, $"{value} of at most {bound}, in {Left} bytes");
        return 0;
    }

    public long Position()
    {
        var value = UInt64();
        if (value <= long.MaxValue) return (long)value;
        Fail(FrameFault.BadValue, $"position {value}");
        return 0;
    }

    public byte[] Bytes()
    {
        var length = UInt32();
        if (length > Left) Fail(FrameFault.Truncated, $"{length} bytes, of which {Left} are there");
        return Error is null ? Take((int)length).ToArray() : [];
    }

    public string Text(int bound)
    {
        var length = UInt16();
        if (length > bound) Fail(FrameFault.BadText, $"a text of {length} bytes; it may have {bound}");
        try
        {
            return Error is null ? Strict.GetString(Take(length)) : "";
        }
        catch (DecoderFallbackException)
        {
            Fail(FrameFault.BadText, "it is not UTF-8");
            return "";
        }
    }

    public EndPoint? Address()
    {
        var length = Byte();
        if (length == 0) return null;
        var name = Take(length);
        if (Error is not null) return null;
        if (WireAddress.Read(name) is { } address) return address;
        Fail(FrameFault.BadAddress, $"an address of {length} bytes");
        return null;
    }

    public T OneOf<T>(byte value)
        where T : struct, Enum
    {
        var number = (T)Enum.ToObject(typeof(T), value);
        if (!Enum.IsDefined(number)) Fail(FrameFault.BadValue, $"{typeof(T).Name} {value}");
        return number;
    }

    public void End()
    {
        if (Left > 0) Fail(FrameFault.Trailing, $"{Left} bytes more");
    }

    public void Fail(FrameFault fault, string reason) => Error ??= new FrameError(fault, _at, reason);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left) Fail(FrameFault.Truncated, $"{count} bytes, of which {Left} are there");
        if (Error is not null) return default;
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }
}
