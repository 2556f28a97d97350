using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

// Addresses as the kernel writes them: ip(7), ipv6(7), unix(7).
internal static class SocketName
{
    private const int UnixPath = sizeof(ushort);
    private static readonly UnixDomainSocketEndPoint AnyUnix = new("/");

    public static EndPoint? Read(ReadOnlySpan<byte> name)
    {
        if (name.Length < sizeof(ushort)) return null;
        return BitConverter.ToUInt16(name) switch
        {
            Native.FamilyIPv4 => new IPEndPoint(new IPAddress(name.Slice(4, 4)), Port(name)),
            Native.FamilyIPv6 => new IPEndPoint(
                new IPAddress(name.Slice(8, 16), BitConverter.ToUInt32(name[24..])), Port(name)),
            Native.FamilyUnix => ReadUnix(name),
            _ => null,
        };
    }

    public static ReadOnlySpan<byte> Write(EndPoint endPoint)
    {
        var address = endPoint.Serialize();
        return address.Buffer.Span[..address.Size];
    }

    // Null if it is no address that a socket can have.
    public static int? FamilyOf(EndPoint endPoint) => endPoint switch
    {
        IPEndPoint { AddressFamily: AddressFamily.InterNetwork } => Native.FamilyIPv4,
        IPEndPoint => Native.FamilyIPv6,
        UnixDomainSocketEndPoint when UnixName.IsName(endPoint) => Native.FamilyUnix,
        _ => null,
    };

    // Makes nothing: sockaddr_in of ip(7), sockaddr_in6 of ipv6(7). The length is the result.
    public static int Write(IPEndPoint address, Span<byte> name)
    {
        const int IPv4Length = 16, IPv6Length = 28;
        var isIPv4 = address.AddressFamily is AddressFamily.InterNetwork;
        var length = isIPv4 ? IPv4Length : IPv6Length;
        name[..length].Clear();
        BitConverter.TryWriteBytes(name, (ushort)(isIPv4 ? Native.FamilyIPv4 : Native.FamilyIPv6));
        BinaryPrimitives.WriteUInt16BigEndian(name[2..], (ushort)address.Port);
        address.Address.TryWriteBytes(name[(isIPv4 ? 4 : 8)..], out _);
        if (!isIPv4) BitConverter.TryWriteBytes(name[24..], (uint)address.Address.ScopeId);
        return length;
    }

    public static unsafe bool IsConnected(int descriptor)
    {
        var name = stackalloc byte[Native.LargestAddress];
        var length = Native.LargestAddress;
        return SystemCalls.GetPeerName(descriptor, name, &length) == 0;
    }

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

    // A path may or may not have its zero byte; of an abstract name every byte counts. Without a name: null.
    private static EndPoint? ReadUnix(ReadOnlySpan<byte> name)
    {
        var isPath = name.Length > UnixPath && name[UnixPath] != 0;
        if (isPath) name = name.TrimEnd((byte)0);
        if (name.Length <= UnixPath) return null;
        var address = new SocketAddress(AddressFamily.Unix, name.Length);
        name[UnixPath..].CopyTo(address.Buffer.Span[UnixPath..]);
        return AnyUnix.Create(address);
    }

    private static ushort Port(ReadOnlySpan<byte> name) => BinaryPrimitives.ReadUInt16BigEndian(name[2..]);
}
