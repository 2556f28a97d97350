using System.Net.Sockets;

namespace Handoff.Transport.Engine;

// What is refused before the system is asked, on every engine.
internal static class OptionRules
{
    public static SocketResult Closed { get; } = SocketResult.Of(ResultCode.EEBADF);

    public static SocketResult NotHere(object what) =>
        new(ResultCode.EEMODENOTSUPP, $"{what}: this kind of socket does not have it");

    public static SocketResult? Obstacle(SocketOption option, bool isIPv6) => option switch
    {
        { Kind: SocketOptionKind.Linger, Value: > 0 } => WouldWait,
        { Group.AddressFamily: var family } when family is AddressFamily.InterNetworkV6 != isIPv6 =>
            new(ResultCode.EEBADADDR, $"{option}: the socket is of another family"),
        _ => null,
    };

    public static SocketResult? Unreadable(SocketOptionKind kind, bool isIPv6) => kind switch
    {
        SocketOptionKind.JoinGroup or SocketOptionKind.LeaveGroup =>
            new(ResultCode.EEMODENOTSUPP, $"{kind}: it is to be set only"),
        SocketOptionKind.MulticastInterface when !isIPv6 =>
            new(ResultCode.EEMODENOTSUPP, $"{kind}: no system tells its number over IPv4"),
        _ => null,
    };

    public static SocketResult? Obstacle(int size) => size is > 0 and <= ISocketOptions.LargestRawOption
        ? null
        : new(ResultCode.EEMSGSIZE, $"a value of {size} bytes; it may have 1 to {ISocketOptions.LargestRawOption}");

    // struct linger, where the numbers are the ones of SO_LINGER.
    public static SocketResult? Obstacle(ReadOnlySpan<byte> linger) => linger.Length >= 2 * sizeof(int)
        && BitConverter.ToInt32(linger) != 0 && BitConverter.ToInt32(linger[sizeof(int)..]) != 0
        ? WouldWait
        : null;

    // A descriptor is closed on the thread that moves the bytes of others too.
    private static SocketResult WouldWait { get; } =
        new(ResultCode.EEMODENOTSUPP, "Linger: closing never waits in the system; the connection lingers instead");
}
