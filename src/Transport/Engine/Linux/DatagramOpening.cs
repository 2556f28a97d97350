using System.Net;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Linux;

// socket(2), bind(2) and connect(2) of datagram sockets, in LPC's order of checks.
internal static unsafe class DatagramOpening
{
    public static SocketOr<IDatagramSocket> Open(
        LinuxEngine engine, EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        if ((local ?? remote) is not { } known) return ResultCode.EENOADDR;
        if (SocketName.FamilyOf(known) is not { } family) return ResultCode.EEBADADDR;
        if (remote is not null && SocketName.FamilyOf(remote) != family) return ResultCode.EEBADADDR;
        var number = SystemCalls.Socket(family, Native.DatagramSocket | Native.NonBlocking | Native.CloseOnExec, 0);
        if (number < 0) return Errors.OfSocket(Errors.Last);
        using var descriptor = new SocketDescriptor(number);
        if (engine.Reserve.Has(number)) return ResultCode.EENOSOCKS;
        var code = Set(number, family, options);
        if (code is ResultCode.EESUCCESS && local is not null) code = Bind(number, local);
        if (code is not ResultCode.EESUCCESS) return code;
        var file = local is null ? null : BoundPath.Of(local);
        if (remote is not null) code = Connect(number, remote);
        if (code is not ResultCode.EESUCCESS)
        {
            file?.Remove();
            return code;
        }

        var bound = SocketName.OfLocal(number);
        if (bound is null && family != Native.FamilyUnix) return ResultCode.EEGETSOCKNAME;
        return new LinuxDatagramSocket(
            engine.Place(descriptor.Take(), isShared: false), family, bound, remote, isConnected: remote is not null)
        {
            File = file,
        };
    }

    // No socket is of both IP versions. A buffer is as large as the system allows.
    private static ResultCode Set(int number, int family, DatagramOptions options)
    {
        if (family == Native.FamilyIPv6 && !SocketOptions.TrySet(number, Native.IPv6Level, Native.IPv6Only, 1))
            return ResultCode.EESETSOCKOPT;
        if (options.Broadcasts && !SocketOptions.TrySet(number, Native.SocketLevel, Native.Broadcast, 1))
            return ResultCode.EESETSOCKOPT;
        if (options.SharesAddress && family != Native.FamilyUnix
            && !SocketOptions.TrySet(number, Native.SocketLevel, Native.ReuseAddress, 1))
            return ResultCode.EESETSOCKOPT;
        if (options.SystemBuffer == 0) return ResultCode.EESUCCESS;
        return SocketOptions.TrySet(number, Native.SocketLevel, Native.ReceiveBuffer, options.SystemBuffer)
            && SocketOptions.TrySet(number, Native.SocketLevel, Native.SendBuffer, options.SystemBuffer)
                ? ResultCode.EESUCCESS
                : ResultCode.EESETSOCKOPT;
    }

    private static ResultCode Bind(int number, EndPoint local)
    {
        var name = SocketName.Write(local);
        fixed (byte* start = name)
        {
            return SystemCalls.Bind(number, start, name.Length) == 0
                ? ResultCode.EESUCCESS
                : DatagramErrors.OfBind(Errors.Last);
        }
    }

    private static ResultCode Connect(int number, EndPoint remote)
    {
        var name = SocketName.Write(remote);
        fixed (byte* start = name)
        {
            return SystemCalls.Connect(number, start, name.Length) == 0
                ? ResultCode.EESUCCESS
                : DatagramErrors.OfConnect(Errors.Last);
        }
    }
}
