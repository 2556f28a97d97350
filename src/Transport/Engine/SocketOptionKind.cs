namespace Handoff.Transport.Engine;

/// <summary>
/// The options that every owner may want; what else a system has is reached by level and name. Source:
/// <c>socket(7)</c>, <c>tcp(7)</c>, <c>ip(7)</c>, <c>ipv6(7)</c>.
/// </summary>
public enum SocketOptionKind
{
    /// <summary>TCP_NODELAY: small pieces go out at once. On from the beginning.</summary>
    NoDelay,

    /// <summary>SO_KEEPALIVE: a silent peer is asked whether it is still there.</summary>
    KeepAlive,

    /// <summary>TCP_KEEPIDLE: how long a peer is silent before it is asked; whole seconds.</summary>
    KeepAliveIdle,

    /// <summary>TCP_KEEPINTVL: the pause between two questions; whole seconds.</summary>
    KeepAliveInterval,

    /// <summary>TCP_KEEPCNT: questions without an answer after which the connection is given up.</summary>
    KeepAliveCount,

    /// <summary>SO_SNDBUF: bytes that the system holds to be sent. It may round; Linux doubles.</summary>
    SendBuffer,

    /// <summary>SO_RCVBUF: bytes that the system holds to be read. It may round; Linux doubles.</summary>
    ReceiveBuffer,

    /// <summary>SO_LINGER: whether closing the descriptor is a reset.</summary>
    Linger,

    /// <summary>SO_REUSEADDR. On from before a bind.</summary>
    ReuseAddress,

    /// <summary>TCP_USER_TIMEOUT: how long sent bytes may stay unacknowledged; milliseconds, 0 for the
    /// system's.</summary>
    UserTimeout,

    /// <summary>IP_TTL, or IPV6_UNICAST_HOPS: routers that a packet may pass.</summary>
    TimeToLive,

    /// <summary>IP_TOS, or IPV6_TCLASS: the byte that routers sort packets by.</summary>
    TypeOfService,

    /// <summary>IPV6_V6ONLY: no IPv4 on this socket. On from before a bind, and to be read only.</summary>
    IPv6Only,
}
