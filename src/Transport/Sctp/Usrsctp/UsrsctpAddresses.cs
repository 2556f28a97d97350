using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// Lists of addresses, one sockaddr behind the other.
internal static unsafe class UsrsctpAddresses
{
    public const int Largest = 28; // sockaddr_in6

    public static byte[] Write(IReadOnlyList<IPEndPoint> addresses)
    {
        var all = new byte[addresses.Count * Largest];
        var length = 0;
        foreach (var address in addresses) length += SocketName.Write(address, all.AsSpan(length));
        return all;
    }

    public static IReadOnlyList<IPEndPoint>? OfPeer(nint socket, int association)
    {
        byte* addresses = null;
        var count = UsrsctpCalls.GetPeerAddresses(socket, association, &addresses);
        if (count <= 0) return null;
        var all = Read(addresses, count);
        UsrsctpCalls.FreePeerAddresses(addresses);
        return all;
    }

    public static IReadOnlyList<IPEndPoint>? OfLocal(nint socket, int association)
    {
        byte* addresses = null;
        var count = UsrsctpCalls.GetLocalAddresses(socket, association, &addresses);
        if (count <= 0) return null;
        var all = Read(addresses, count);
        UsrsctpCalls.FreeLocalAddresses(addresses);
        return all;
    }

    private static List<IPEndPoint> Read(byte* addresses, int count)
    {
        const int IPv4Length = 16;
        var all = new List<IPEndPoint>(count);
        for (var i = 0; i < count; i++)
        {
            var isIPv4 = *(ushort*)addresses == (ushort)AddressFamily.InterNetwork;
            var length = isIPv4 ? IPv4Length : Largest;
            if (SocketName.Read(new ReadOnlySpan<byte>(addresses, length)) is IPEndPoint address) all.Add(address);
            addresses += length;
        }

        return all;
    }
}
