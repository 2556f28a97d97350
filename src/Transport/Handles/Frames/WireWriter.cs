using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Handoff.Transport.Handles.Frames;

// Numbers are little-endian; bytes, texts and lists have their length before them.
internal sealed class WireWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.GetSpan(sizeof(ushort)), value);
        _bytes.Advance(sizeof(ushort));
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.GetSpan(sizeof(uint)), value);
        _bytes.Advance(sizeof(uint));
    }

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_bytes.GetSpan(sizeof(ulong)), value);
        _bytes.Advance(sizeof(ulong));
    }

    public void Count(int value, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, bound);
        UInt32((uint)value);
    }

    public void Position(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        UInt64((ulong)value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        UInt32((uint)value.Length);
        _bytes.Write(value);
    }

    public void Text(string value, int bound)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, bound, nameof(value));
        UInt16((ushort)bytes.Length);
        _bytes.Write(bytes);
    }

    // What does not fit is left out: the text is for people.
    public void CutText(string value, int bound)
    {
        Span<byte> bytes = stackalloc byte[FrameBounds.Reason];
        Encoding.UTF8.GetEncoder().Convert(value, bytes[..bound], flush: true, out _, out var used, out _);
        UInt16((ushort)used);
        _bytes.Write(bytes[..used]);
    }

    // As the kernel writes it; without an address: nothing.
    public void Address(EndPoint? value)
    {
        var name = value is null ? default : WireAddress.Of(value);
        Byte((byte)name.Length);
        _bytes.Write(name);
    }
}
