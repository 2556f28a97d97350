namespace Handoff.Transport.Engine.Linux;

// Level and name of an option: of an IPv6 socket some are others. Null where this family does not have it.
internal static class OptionNumbers
{
    public static (int Level, int Name)? Of(SocketOptionKind kind, int family) => (family, kind) switch
    {
        (_, SocketOptionKind.SendBuffer) => (Native.SocketLevel, Native.SendBuffer),
        (_, SocketOptionKind.ReceiveBuffer) => (Native.SocketLevel, Native.ReceiveBuffer),
        (Native.FamilyIPv6, SocketOptionKind.TimeToLive) => (Native.IPv6Level, Native.HopLimit),
        (Native.FamilyIPv6, SocketOptionKind.TypeOfService) => (Native.IPv6Level, Native.TrafficClass),
        (Native.FamilyIPv6, SocketOptionKind.IPv6Only) => (Native.IPv6Level, Native.IPv6Only),
        (Native.FamilyIPv4 or Native.FamilyIPv6, _) => OfTcp(kind),
        _ => null,
    };

    private static (int Level, int Name)? OfTcp(SocketOptionKind kind) => kind switch
    {
        SocketOptionKind.NoDelay => (Native.TcpLevel, Native.NoDelay),
        SocketOptionKind.KeepAlive => (Native.SocketLevel, Native.KeepAlive),
        SocketOptionKind.KeepAliveIdle => (Native.TcpLevel, Native.KeepAliveIdle),
        SocketOptionKind.KeepAliveInterval => (Native.TcpLevel, Native.KeepAliveInterval),
        SocketOptionKind.KeepAliveCount => (Native.TcpLevel, Native.KeepAliveCount),
        SocketOptionKind.Linger => (Native.SocketLevel, Native.Linger),
        SocketOptionKind.ReuseAddress => (Native.SocketLevel, Native.ReuseAddress),
        SocketOptionKind.UserTimeout => (Native.TcpLevel, Native.UserTimeout),
        SocketOptionKind.TimeToLive => (Native.IPLevel, Native.TimeToLive),
        SocketOptionKind.TypeOfService => (Native.IPLevel, Native.TypeOfService),
        _ => null,
    };
}
