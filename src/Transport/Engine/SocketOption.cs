using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Engine;

/// <summary>One option of a socket and its value.</summary>
public sealed record SocketOption
{
    private const int Off = -1;

    internal SocketOption(SocketOptionKind kind, int value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>Which option.</summary>
    public SocketOptionKind Kind { get; }

    /// <summary>
    /// The value in the system's unit: 0 or 1, a count, bytes, seconds, milliseconds (<see
    /// cref="SocketOptionKind.UserTimeout"/>), or the number of an interface; -1 for a linger that is off.
    /// </summary>
    public int Value { get; }

    /// <summary>The group that is joined or left; null of every other option.</summary>
    public IPAddress? Group { get; private init; }

    /// <summary>Whether it is on, for what is on or off.</summary>
    public bool IsOn => Kind is SocketOptionKind.Linger ? Value != Off : Value != 0;

    /// <summary>The value as a time.</summary>
    /// <exception cref="InvalidOperationException">It is none.</exception>
    public TimeSpan Time => Kind switch
    {
        SocketOptionKind.UserTimeout => TimeSpan.FromMilliseconds(Value),
        SocketOptionKind.KeepAliveIdle or SocketOptionKind.KeepAliveInterval => TimeSpan.FromSeconds(Value),
        SocketOptionKind.Linger when IsOn => TimeSpan.FromSeconds(Value),
        _ => throw new InvalidOperationException($"{Kind} is no time."),
    };

    /// <summary><see cref="SocketOptionKind.NoDelay"/>.</summary>
    /// <param name="isOn">Whether small pieces go out at once.</param>
    public static SocketOption NoDelay(bool isOn) => Switch(SocketOptionKind.NoDelay, isOn);

    /// <summary><see cref="SocketOptionKind.KeepAlive"/>.</summary>
    /// <param name="isOn">Whether a silent peer is asked.</param>
    public static SocketOption KeepAlive(bool isOn) => Switch(SocketOptionKind.KeepAlive, isOn);

    /// <summary><see cref="SocketOptionKind.KeepAliveIdle"/>.</summary>
    /// <param name="time">In whole seconds, at least 1.</param>
    public static SocketOption KeepAliveIdle(TimeSpan time) => new(SocketOptionKind.KeepAliveIdle, Seconds(time));

    /// <summary><see cref="SocketOptionKind.KeepAliveInterval"/>.</summary>
    /// <param name="time">In whole seconds, at least 1.</param>
    public static SocketOption KeepAliveInterval(TimeSpan time) =>
        new(SocketOptionKind.KeepAliveInterval, Seconds(time));

    /// <summary><see cref="SocketOptionKind.KeepAliveCount"/>.</summary>
    /// <param name="questions">At least 1.</param>
    public static SocketOption KeepAliveCount(int questions) =>
        new(SocketOptionKind.KeepAliveCount, Between(1, int.MaxValue, questions));

    /// <summary><see cref="SocketOptionKind.SendBuffer"/>.</summary>
    /// <param name="bytes">At least 1.</param>
    public static SocketOption SendBuffer(int bytes) =>
        new(SocketOptionKind.SendBuffer, Between(1, int.MaxValue, bytes));

    /// <summary><see cref="SocketOptionKind.ReceiveBuffer"/>.</summary>
    /// <param name="bytes">At least 1.</param>
    public static SocketOption ReceiveBuffer(int bytes) =>
        new(SocketOptionKind.ReceiveBuffer, Between(1, int.MaxValue, bytes));

    /// <summary>
    /// <see cref="SocketOptionKind.Linger"/>. A time that the system would wait in close(2) is refused with <see
    /// cref="ResultCode.EEMODENOTSUPP"/>: a connection lingers without waiting there
    /// (<c>ConnectionOptions.Linger</c>).
    /// </summary>
    /// <param name="time">
    /// Null, as it is from the beginning: what was sent goes out. Zero: closing drops it and resets the peer.
    /// </param>
    public static SocketOption Linger(TimeSpan? time) => new(
        SocketOptionKind.Linger, time is { } given ? Between(0, int.MaxValue, given.TotalSeconds) : Off);

    /// <summary><see cref="SocketOptionKind.ReuseAddress"/>.</summary>
    /// <param name="isOn">Whether an address may be bound whose connections wait out their time.</param>
    public static SocketOption ReuseAddress(bool isOn) => Switch(SocketOptionKind.ReuseAddress, isOn);

    /// <summary><see cref="SocketOptionKind.UserTimeout"/>.</summary>
    /// <param name="time">In milliseconds; zero for the system's own.</param>
    public static SocketOption UserTimeout(TimeSpan time) =>
        new(SocketOptionKind.UserTimeout, Between(0, int.MaxValue, time.TotalMilliseconds));

    /// <summary><see cref="SocketOptionKind.TimeToLive"/>.</summary>
    /// <param name="routers">1 to 255.</param>
    public static SocketOption TimeToLive(int routers) =>
        new(SocketOptionKind.TimeToLive, Between(1, byte.MaxValue, routers));

    /// <summary><see cref="SocketOptionKind.TypeOfService"/>.</summary>
    /// <param name="value">The byte; the system may keep two of its bits to itself (ECN).</param>
    public static SocketOption TypeOfService(byte value) => new(SocketOptionKind.TypeOfService, value);

    /// <summary><see cref="SocketOptionKind.IPv6Only"/>; a socket that is bound refuses it.</summary>
    /// <param name="isOn">Whether there is no IPv4 on it.</param>
    public static SocketOption IPv6Only(bool isOn) => Switch(SocketOptionKind.IPv6Only, isOn);

    /// <summary><see cref="SocketOptionKind.Broadcast"/>.</summary>
    /// <param name="isOn">Whether it may send to a broadcast address.</param>
    public static SocketOption Broadcast(bool isOn) => Switch(SocketOptionKind.Broadcast, isOn);

    /// <summary><see cref="SocketOptionKind.JoinGroup"/>.</summary>
    /// <param name="group">A multicast address of the socket's family.</param>
    /// <param name="networkInterface">The number of the interface to hear it on; 0 lets the system choose.</param>
    public static SocketOption JoinGroup(IPAddress group, int networkInterface = 0) =>
        Member(SocketOptionKind.JoinGroup, group, networkInterface);

    /// <summary><see cref="SocketOptionKind.LeaveGroup"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="networkInterface">The number of the interface, as it was joined with.</param>
    public static SocketOption LeaveGroup(IPAddress group, int networkInterface = 0) =>
        Member(SocketOptionKind.LeaveGroup, group, networkInterface);

    /// <summary><see cref="SocketOptionKind.MulticastTimeToLive"/>.</summary>
    /// <param name="routers">0, for this host alone, to 255.</param>
    public static SocketOption MulticastTimeToLive(int routers) =>
        new(SocketOptionKind.MulticastTimeToLive, Between(0, byte.MaxValue, routers));

    /// <summary><see cref="SocketOptionKind.MulticastLoopback"/>.</summary>
    /// <param name="isOn">Whether members on this host hear it, too.</param>
    public static SocketOption MulticastLoopback(bool isOn) => Switch(SocketOptionKind.MulticastLoopback, isOn);

    /// <summary><see cref="SocketOptionKind.MulticastInterface"/>.</summary>
    /// <param name="networkInterface">Its number; 0 leaves it to the system.</param>
    public static SocketOption MulticastInterface(int networkInterface) =>
        new(SocketOptionKind.MulticastInterface, Between(0, int.MaxValue, networkInterface));

    /// <inheritdoc/>
    public override string ToString() => Group is null ? $"{Kind} {Value}" : $"{Kind} {Group} at interface {Value}";

    private static SocketOption Member(SocketOptionKind kind, IPAddress group, int networkInterface)
    {
        ArgumentNullException.ThrowIfNull(group);
        var isGroup = group.AddressFamily is AddressFamily.InterNetworkV6
            ? group.IsIPv6Multicast
            : group.GetAddressBytes()[0] is >= 224 and < 240; // RFC 5771
        if (!isGroup) throw new ArgumentException($"{group} is no multicast address.", nameof(group));
        return new(kind, Between(0, int.MaxValue, networkInterface)) { Group = group };
    }

    private static SocketOption Switch(SocketOptionKind kind, bool isOn) => new(kind, isOn ? 1 : 0);

    private static int Seconds(TimeSpan time) => Between(1, int.MaxValue, time.TotalSeconds);

    private static int Between(int least, int most, double value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return (int)value;
    }
}
