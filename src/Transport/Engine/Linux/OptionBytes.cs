using System.Runtime.InteropServices;

namespace Handoff.Transport.Engine.Linux;

// The value of an option as the kernel reads it: in most cases a number.
internal static class OptionBytes
{
    public const int Most = MembershipOverIPv6;

    private const int Number = sizeof(int);

    // struct linger: whether, and how long, which is 0.
    private const int Linger = 2 * Number;

    // struct ip_mreqn: the group, an address of the interface or 0, its number.
    private const int Membership = 3 * Number;

    // struct ipv6_mreq: the group, the number of the interface.
    private const int MembershipOverIPv6 = 16 + Number;

    // Yields how many there are.
    public static int Write(SocketOption option, bool isIPv6, Span<byte> bytes)
    {
        bytes.Clear();
        option.Group?.TryWriteBytes(bytes, out _);
        var size = option.Kind switch
        {
            SocketOptionKind.Linger => Linger,
            SocketOptionKind.JoinGroup or SocketOptionKind.LeaveGroup when isIPv6 => MembershipOverIPv6,
            SocketOptionKind.JoinGroup or SocketOptionKind.LeaveGroup => Membership,
            SocketOptionKind.MulticastInterface when !isIPv6 => Membership,
            _ => Number,
        };
        if (option.Kind is SocketOptionKind.Linger) MemoryMarshal.Write(bytes, option.IsOn ? 1 : 0);
        else MemoryMarshal.Write(bytes[(size - Number)..], option.Value);
        return size;
    }
}
