namespace Handoff.Transport.Engine.Linux;

// Level and name of an option: of an IPv6 socket some are others. Null where this kind of socket does not have it; the
// kernel would take some of them all the same, to no effect.
internal static class OptionNumbers
{
    public static (int Level, int Name)? Of(SocketOptionKind kind, int family, bool isStream) => (family, kind) switch
    {
        (_, SocketOptionKind.SendBuffer) => (Native.SocketLevel, Native.SendBuffer),
        (_, SocketOptionKind.ReceiveBuffer) => (Native.SocketLevel, Native.ReceiveBuffer),
        (Native.FamilyUnix, _) => null,
        (_, SocketOptionKind.ReuseAddress) => (Native.SocketLevel, Native.ReuseAddress),
        (Native.FamilyIPv6, SocketOptionKind.TimeToLive) => (Native.IPv6Level, Native.HopLimit),
        (Native.FamilyIPv6, SocketOptionKind.TypeOfService) => (Native.IPv6Level, Native.TrafficClass),
        (Native.FamilyIPv6, SocketOptionKind.IPv6Only) => (Native.IPv6Level, Native.IPv6Only),
        (_, SocketOptionKind.TimeToLive) => (Native.IPLevel, Native.TimeToLive),
        (_, SocketOptionKind.TypeOfService) => (Native.IPLevel, Native.TypeOfService),
        _ => isStream ? OfTcp(kind) : OfUdp(kind, family is Native.FamilyIPv6),
    };

    private static (int Level, int Name)? OfTcp(SocketOptionKind kind) => kind switch
    {
        SocketOptionKind.NoDelay => (Native.TcpLevel, Native.NoDelay),
        SocketOptionKind.KeepAlive => (Native.SocketLevel, Native.KeepAlive),
        SocketOptionKind.KeepAliveIdle => (Native.TcpLevel, Native.KeepAliveIdle),
        SocketOptionKind.KeepAliveInterval => (Native.TcpLevel, Native.KeepAliveInterval),
        SocketOptionKind.KeepAliveCount => (Native.TcpLevel, Native.KeepAliveCount),
        SocketOptionKind.Linger => (Native.SocketLevel, Native.Linger),
        SocketOptionKind.UserTimeout => (Native.TcpLevel, Native.UserTimeout),
        _ => null,
    };

    private static (int Level, int Name)? OfUdp(SocketOptionKind kind, bool isIPv6) => (kind, isIPv6) switch
    {
        (SocketOptionKind.Broadcast, _) => (Native.SocketLevel, Native.Broadcast),
        (SocketOptionKind.JoinGroup, false) => (Native.IPLevel, Native.JoinGroup),
        (SocketOptionKind.LeaveGroup, false) => (Native.IPLevel, Native.LeaveGroup),
        (SocketOptionKind.MulticastTimeToLive, false) => (Native.IPLevel, Native.MulticastTimeToLive),
        (SocketOptionKind.MulticastLoopback, false) => (Native.IPLevel, Native.MulticastLoopback),
        (SocketOptionKind.MulticastInterface, false) => (Native.IPLevel, Native.MulticastInterface),
        (SocketOptionKind.JoinGroup, true) => (Native.IPv6Level, Native.IPv6JoinGroup),
        (SocketOptionKind.LeaveGroup, true) => (Native.IPv6Level, Native.IPv6LeaveGroup),
        (SocketOptionKind.MulticastTimeToLive, true) => (Native.IPv6Level, Native.MulticastHops),
        (SocketOptionKind.MulticastLoopback, true) => (Native.IPv6Level, Native.IPv6MulticastLoopback),
        (SocketOptionKind.MulticastInterface, true) => (Native.IPv6Level, Native.IPv6MulticastInterface),
        _ => null,
    };
}
