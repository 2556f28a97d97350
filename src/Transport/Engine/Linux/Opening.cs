using System.Net;

namespace Handoff.Transport.Engine.Linux;

// What makes a stream socket: socket(2), bind(2), listen(2), connect(2).
internal static unsafe class Opening
{
    public static SocketOr<SocketDescriptor> Open(int family)
    {
        const int Type = Native.StreamSocket | Native.NonBlocking | Native.CloseOnExec;
        var isUnix = family == Native.FamilyUnix;
        var number = SystemCalls.Socket(family, Type, isUnix ? 0 : Native.TcpLevel);
        if (number < 0) return Errors.OfSocket(Errors.Last);
        var descriptor = new SocketDescriptor(number);

        // Accepted sockets have it from their listener.
        if (isUnix
            || (SocketOptions.TrySet(number, Native.TcpLevel, Native.NoDelay, 1)
                && (family != Native.FamilyIPv6
                    || SocketOptions.TrySet(number, Native.IPv6Level, Native.IPv6Only, 1))))
            return descriptor;
        descriptor.Dispose();
        return ResultCode.EESETSOCKOPT;
    }

    public static ResultCode Bind(int number, EndPoint address)
    {
        if (address is IPEndPoint && !SocketOptions.TrySet(number, Native.SocketLevel, Native.ReuseAddress, 1))
            return ResultCode.EESETSOCKOPT;
        var name = SocketName.Write(address);
        fixed (byte* start = name)
        {
            var isBound = SystemCalls.Bind(number, start, name.Length) == 0;
            return isBound ? ResultCode.EESUCCESS : Errors.OfBind(Errors.Last);
        }
    }

    public static ResultCode Listen(int number, int backlog) =>
        SystemCalls.Listen(number, backlog) == 0 ? ResultCode.EESUCCESS : Errors.OfListen(Errors.Last);

    public static Errno Connect(int number, EndPoint address)
    {
        var name = SocketName.Write(address);
        fixed (byte* start = name)
        {
            return SystemCalls.Connect(number, start, name.Length) == 0 ? Errno.None : Errors.Last;
        }
    }
}
