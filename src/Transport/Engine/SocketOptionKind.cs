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

    /// <summary>SO_BROADCAST: a datagram socket may send to a broadcast address. Off from the beginning.</summary>
    Broadcast,

    /// <summary>
    /// IP_ADD_MEMBERSHIP, or IPV6_JOIN_GROUP: a datagram socket hears what is sent to a group, until it leaves or is
    /// closed. A system has a bound on groups. To be set only.
    /// </summary>
    JoinGroup,

    /// <summary>IP_DROP_MEMBERSHIP, or IPV6_LEAVE_GROUP. To be set only.</summary>
    LeaveGroup,

    /// <summary>
    /// IP_MULTICAST_TTL, or IPV6_MULTICAST_HOPS: routers that what is sent to a group may pass. 1 from the beginning.
    /// </summary>
    MulticastTimeToLive,

    /// <summary>
    /// IP_MULTICAST_LOOP, or IPV6_MULTICAST_LOOP: members on this host hear what is sent to a group, too. On from the
    /// beginning.
    /// </summary>
    MulticastLoopback,

    /// <summary>
    /// IP_MULTICAST_IF, or IPV6_MULTICAST_IF: the interface by which it is sent to groups. Over IPv4 it cannot be
    /// read: a system does not tell its number.
    /// </summary>
    MulticastInterface,
}
