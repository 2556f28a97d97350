using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// Addresses one behind the other, each as long as its family needs (sctp_bindx, sctp_connectx: RFC 6458, 9.1 and 9.9).
internal static class AddressList
{
    private const int OfIPv4 = 16;
    private const int OfIPv6 = 28;

    public static byte[] Write(IReadOnlyList<IPEndPoint> addresses)
    {
        var bytes = new byte[addresses.Count * OfIPv6];
        var length = 0;
        foreach (var address in addresses) length += SocketName.Write(address, bytes.AsSpan(length));
        return bytes[..length];
    }

    // As many as there are whole ones.
    public static IReadOnlyList<IPEndPoint> Read(ReadOnlySpan<byte> bytes, int count)
    {
        var addresses = new List<IPEndPoint>();
        while (addresses.Count < count && bytes.Length >= OfIPv4)
        {
            var isIPv6 = BitConverter.ToUInt16(bytes) == Native.FamilyIPv6;
            var size = isIPv6 ? OfIPv6 : OfIPv4;
            if (ReadOne(bytes) is not { } address) break;
            addresses.Add(address);
            bytes = bytes[size..];
        }

        return addresses;
    }

    // Null: no address of either version.
    public static IPEndPoint? ReadOne(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < OfIPv4) return null;
        return BitConverter.ToUInt16(bytes) switch
        {
            Native.FamilyIPv4 => SocketName.Read(bytes[..OfIPv4]) as IPEndPoint,
            Native.FamilyIPv6 when bytes.Length >= OfIPv6 => Scoped(SocketName.Read(bytes[..OfIPv6]) as IPEndPoint),
            _ => null,
        };
    }

    // The kernel tells an interface with every address; only a link-local one means another elsewhere (ipv6(7)).
    private static IPEndPoint? Scoped(IPEndPoint? address)
    {
        if (address is { Address: { IsIPv6LinkLocal: false, ScopeId: not 0 } plain }) plain.ScopeId = 0;
        return address;
    }

    public static IReadOnlyList<IPEndPoint> At(IReadOnlyList<IPEndPoint> addresses, int port) =>
        [.. addresses.Select(address => new IPEndPoint(address.Address, port))];

    public static bool HasIPv4(IReadOnlyList<IPEndPoint> addresses) =>
        addresses.Any(address => address.AddressFamily is AddressFamily.InterNetwork);

    public static bool HasIPv6(IReadOnlyList<IPEndPoint> addresses) =>
        addresses.Any(address => address.AddressFamily is AddressFamily.InterNetworkV6);
}
