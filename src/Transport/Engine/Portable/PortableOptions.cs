using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

// Options by the names that .NET has for them; what it has none for goes by its numbers where those are known, which
// is on Linux.
internal static class PortableOptions
{
    public static SocketResult Set(Socket socket, SocketOption option)
    {
        var obstacle = OptionRules.Obstacle(option, IsIPv6(socket));
        if (IsLinger(socket, option.Kind))
            return obstacle ?? Try(option, () => socket.LingerState = new LingerOption(option.IsOn, 0));
        if (Named(socket, option.Kind) is var (level, name))
            return obstacle ?? Try(option, () => SetNamed(socket, level, name, option));
        return Numbered(socket, option.Kind) is var (number, which)
            ? Try(option, () => socket.SetRawSocketOption(number, which, BitConverter.GetBytes(option.Value)))
            : OptionRules.NotHere(option.Kind);
    }

    public static OptionResult Get(Socket socket, SocketOptionKind kind)
    {
        var value = 0;
        SocketResult result;
        if (IsLinger(socket, kind))
            result = Try(kind, () => value = socket.LingerState is { Enabled: true } on ? on.LingerTime : -1);
        else if (Named(socket, kind) is var (level, name))
            result = OptionRules.Unreadable(kind, IsIPv6(socket))
                ?? Try(kind, () => value = (int)socket.GetSocketOption(level, name)!);
        else if (Numbered(socket, kind) is var (number, which))
            result = Try(kind, () => value = Number(socket, number, which));
        else
            result = OptionRules.NotHere(kind);
        return new(result.IsSuccess ? new SocketOption(kind, value) : null, result);
    }

    public static SocketResult SetRaw(Socket socket, int level, int name, ReadOnlySpan<byte> value)
    {
        const int SocketLevel = 1, Linger = 13;
        if (OptionRules.Obstacle(value.Length) is { } obstacle) return obstacle;
        if (OperatingSystem.IsLinux() && (level, name) is (SocketLevel, Linger)
            && OptionRules.Obstacle(value) is { } waits) return waits;
        var bytes = value.ToArray();
        return Try($"option {level}/{name}", () => socket.SetRawSocketOption(level, name, bytes));
    }

    public static RawOptionResult GetRaw(Socket socket, int level, int name, int size)
    {
        if (OptionRules.Obstacle(size) is { } obstacle) return new(default, obstacle);
        var value = new byte[size];
        var length = 0;
        var result = Try(
            $"option {level}/{name}", () => length = socket.GetRawSocketOption(level, name, value));
        return new(result.IsSuccess ? value.AsMemory(0, length) : default, result);
    }

    public static void ShareAddress(Socket socket)
    {
        if (Numbered(socket, SocketOptionKind.ReuseAddress) is var (level, name))
            socket.SetRawSocketOption(level, name, BitConverter.GetBytes(1));
        else
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
    }

    private static bool IsIPv6(Socket socket) => socket.AddressFamily is AddressFamily.InterNetworkV6;

    private static bool IsLinger(Socket socket, SocketOptionKind kind) => kind is SocketOptionKind.Linger
        && socket is { SocketType: SocketType.Stream, AddressFamily: not AddressFamily.Unix };

    private static void SetNamed(Socket socket, SocketOptionLevel level, SocketOptionName name, SocketOption option)
    {
        var isIPv6 = IsIPv6(socket);
        if (option.Group is { } group)
        {
            object member = isIPv6
                ? new IPv6MulticastOption(group, option.Value)
                : new MulticastOption(group, option.Value);
            socket.SetSocketOption(level, name, member);
            return;
        }

        // Of IPv4 the number of an interface is in an address that begins with a zero.
        var isNumber = option.Kind is SocketOptionKind.MulticastInterface && !isIPv6;
        socket.SetSocketOption(level, name, isNumber ? IPAddress.HostToNetworkOrder(option.Value) : option.Value);
    }

    private static (SocketOptionLevel Level, SocketOptionName Name)? Named(Socket socket, SocketOptionKind kind)
    {
        if (kind is SocketOptionKind.SendBuffer) return (SocketOptionLevel.Socket, SocketOptionName.SendBuffer);
        if (kind is SocketOptionKind.ReceiveBuffer) return (SocketOptionLevel.Socket, SocketOptionName.ReceiveBuffer);
        if (socket.AddressFamily is AddressFamily.Unix) return null;
        var level = IsIPv6(socket) ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;
        SocketOptionName? name = (kind, IsIPv6(socket)) switch
        {
            (SocketOptionKind.TimeToLive, _) => SocketOptionName.IpTimeToLive,
            (SocketOptionKind.IPv6Only, true) => SocketOptionName.IPv6Only,
            (SocketOptionKind.TypeOfService, false) => SocketOptionName.TypeOfService,
            _ => null,
        };
        if (name is { } known) return (level, known);
        return socket.SocketType is SocketType.Dgram ? OfDatagrams(kind, level) : OfStream(kind);
    }

    private static (SocketOptionLevel Level, SocketOptionName Name)? OfStream(SocketOptionKind kind) => kind switch
    {
        SocketOptionKind.NoDelay => (SocketOptionLevel.Tcp, SocketOptionName.NoDelay),
        SocketOptionKind.KeepAlive => (SocketOptionLevel.Socket, SocketOptionName.KeepAlive),
        SocketOptionKind.KeepAliveIdle => (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime),
        SocketOptionKind.KeepAliveInterval => (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval),
        SocketOptionKind.KeepAliveCount => (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount),
        _ => null,
    };

    private static (SocketOptionLevel Level, SocketOptionName Name)? OfDatagrams(
        SocketOptionKind kind, SocketOptionLevel level) => kind switch
    {
        SocketOptionKind.Broadcast => (SocketOptionLevel.Socket, SocketOptionName.Broadcast),
        SocketOptionKind.JoinGroup => (level, SocketOptionName.AddMembership),
        SocketOptionKind.LeaveGroup => (level, SocketOptionName.DropMembership),
        SocketOptionKind.MulticastTimeToLive => (level, SocketOptionName.MulticastTimeToLive),
        SocketOptionKind.MulticastLoopback => (level, SocketOptionName.MulticastLoopback),
        SocketOptionKind.MulticastInterface => (level, SocketOptionName.MulticastInterface),
        _ => null,
    };

    // .NET's option for reusing an address means another one too (SO_REUSEPORT).
    private static (int Level, int Name)? Numbered(Socket socket, SocketOptionKind kind)
    {
        if (!OperatingSystem.IsLinux() || socket.AddressFamily is AddressFamily.Unix) return null;
        return kind switch
        {
            SocketOptionKind.ReuseAddress => (1, 2),
            SocketOptionKind.UserTimeout when socket.SocketType is SocketType.Stream => (6, 18),
            SocketOptionKind.TypeOfService when IsIPv6(socket) => (41, 67),
            _ => null,
        };
    }

    private static int Number(Socket socket, int level, int name)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(level, name, value);
        return BitConverter.ToInt32(value);
    }

    private static SocketResult Try(object what, Action call)
    {
        try
        {
            call();
            return SocketResult.Success;
        }
        catch (SocketException failure)
        {
            var isUnknown = failure.SocketErrorCode is SocketError.ProtocolOption or SocketError.OperationNotSupported;
            var code = isUnknown ? ResultCode.EEMODENOTSUPP : ResultCode.EESETSOCKOPT;
            return new(code, $"{what}: {failure.SocketErrorCode}");
        }
        catch (PlatformNotSupportedException)
        {
            return OptionRules.NotHere(what);
        }
        catch (ObjectDisposedException)
        {
            return OptionRules.Closed;
        }
    }
}
