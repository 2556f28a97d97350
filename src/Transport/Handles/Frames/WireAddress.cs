using System.Net;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Frames;

// The one way in which an address is written: as the kernel does, a path without its zero byte.
internal static class WireAddress
{
    private const int Family = sizeof(ushort);

    public static ReadOnlySpan<byte> Of(EndPoint address)
    {
        var name = SocketName.Write(address);
        var isPath = BitConverter.ToUInt16(name) == Native.FamilyUnix && name.Length > Family && name[Family] != 0;
        return isPath ? name.TrimEnd((byte)0) : name;
    }

    // Null where it is none, or not written so.
    public static EndPoint? Read(ReadOnlySpan<byte> name)
    {
        if (!HasSize(name) || SocketName.Read(name) is not { } address) return null;
        return SocketName.FamilyOf(address) is not null && Of(address).SequenceEqual(name) ? address : null;
    }

    // Sizes of sockaddr_in, sockaddr_in6 and sockaddr_un; a name of a Unix socket is one, or none at all.
    private static bool HasSize(ReadOnlySpan<byte> name)
    {
        const int IPv4Length = 16, IPv6Length = 28;
        return name.Length > Family && BitConverter.ToUInt16(name) switch
        {
            Native.FamilyIPv4 => name.Length == IPv4Length,
            Native.FamilyIPv6 => name.Length == IPv6Length,
            Native.FamilyUnix => name.Length <= FrameBounds.Address,
            _ => false,
        };
    }
}
