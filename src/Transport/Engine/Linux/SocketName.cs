using System.Buffers.Binary;
using System.Net;

namespace Handoff.Transport.Engine.Linux;

// Addresses as the kernel writes them: ip(7), ipv6(7).
internal static class SocketName
{
    public static EndPoint? Read(ReadOnlySpan<byte> name)
    {
        if (name.Length < sizeof(ushort)) return null;
        return BitConverter.ToUInt16(name) switch
        {
            Native.FamilyIPv4 => new IPEndPoint(new IPAddress(name.Slice(4, 4)), Port(name)),
            Native.FamilyIPv6 => new IPEndPoint(
                new IPAddress(name.Slice(8, 16), BitConverter.ToUInt32(name[24..])), Port(name)),
            _ => null,
        };
    }

    public static ReadOnlySpan<byte> Write(IPEndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer.Span[..address.Size];
    }

    public static int Family(IPEndPoint endPoint) => BitConverter.ToUInt16(Write(endPoint));

    public static unsafe EndPoint? OfLocal(int descriptor)
    {
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        return SystemCalls.GetSocketName(descriptor, name, &length) == 0
            ? Read(new ReadOnlySpan<byte>(name, length))
            : null;
    }

    public static unsafe EndPoint? OfPeer(int descriptor)
    {
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        return SystemCalls.GetPeerName(descriptor, name, &length) == 0
            ? Read(new ReadOnlySpan<byte>(name, length))
            : null;
    }

    private static ushort Port(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt16BigEndian(name[2..]);
}
