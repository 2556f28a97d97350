using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

// Options by the names that .NET has for them; what it has none for goes by its numbers where those are known, which
// is on Linux.
internal static class PortableOptions
{
    public static SocketResult Set(Socket socket, SocketOption option)
    {
        if (OptionRules.Obstacle(option) is { } obstacle) return obstacle;
        if (option.Kind is SocketOptionKind.Linger && socket.AddressFamily is not AddressFamily.Unix)
            return Try(option, () => socket.LingerState = new LingerOption(option.IsOn, 0));
        if (Named(option.Kind, socket.AddressFamily) is var (level, name))
            return Try(option, () => socket.SetSocketOption(level, name, option.Value));
        return Numbered(option.Kind, socket.AddressFamily) is var (number, which)
            ? Try(option, () => socket.SetRawSocketOption(number, which, BitConverter.GetBytes(option.Value)))
            : OptionRules.NotHere(option.Kind);
    }

    public static OptionResult Get(Socket socket, SocketOptionKind kind)
    {
        var value = 0;
        SocketResult result;
        if (kind is SocketOptionKind.Linger && socket.AddressFamily is not AddressFamily.Unix)
            result = Try(kind, () => value = socket.LingerState is { Enabled: true } on ? on.LingerTime : -1);
        else if (Named(kind, socket.AddressFamily) is var (level, name))
            result = Try(kind, () => value = (int)socket.GetSocketOption(level, name)!);
        else if (Numbered(kind, socket.AddressFamily) is var (number, which))
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

    private static (SocketOptionLevel Level, SocketOptionName Name)? Named(
        SocketOptionKind kind, AddressFamily family) => (family, kind) switch
    {
        (_, SocketOptionKind.SendBuffer) => (SocketOptionLevel.Socket, SocketOptionName.SendBuffer),
        (_, SocketOptionKind.ReceiveBuffer) => (SocketOptionLevel.Socket, SocketOptionName.ReceiveBuffer),
        (AddressFamily.Unix, _) => null,
        (_, SocketOptionKind.NoDelay) => (SocketOptionLevel.Tcp, SocketOptionName.NoDelay),
        (_, SocketOptionKind.KeepAlive) => (SocketOptionLevel.Socket, SocketOptionName.KeepAlive),
        (_, SocketOptionKind.KeepAliveIdle) => (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime),
        (_, SocketOptionKind.KeepAliveInterval) => (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval),
        (_, SocketOptionKind.KeepAliveCount) => (SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount),
        (AddressFamily.InterNetworkV6, SocketOptionKind.TimeToLive) =>
            (SocketOptionLevel.IPv6, SocketOptionName.IpTimeToLive),
        (AddressFamily.InterNetworkV6, SocketOptionKind.IPv6Only) =>
            (SocketOptionLevel.IPv6, SocketOptionName.IPv6Only),
        (AddressFamily.InterNetwork, SocketOptionKind.TimeToLive) =>
            (SocketOptionLevel.IP, SocketOptionName.IpTimeToLive),
        (AddressFamily.InterNetwork, SocketOptionKind.TypeOfService) =>
            (SocketOptionLevel.IP, SocketOptionName.TypeOfService),
        _ => null,
    };

    // .NET's option for reusing an address means another one too (SO_REUSEPORT).
    private static (int Level, int Name)? Numbered(SocketOptionKind kind, AddressFamily family)
    {
        if (!OperatingSystem.IsLinux() || family is AddressFamily.Unix) return null;
        return kind switch
        {
            SocketOptionKind.ReuseAddress => (1, 2),
            SocketOptionKind.UserTimeout => (6, 18),
            SocketOptionKind.TypeOfService when family is AddressFamily.InterNetworkV6 => (41, 67),
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
