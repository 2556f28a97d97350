using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// What makes SCTP sockets: socket(2), the options that they begin with, bind(2) and sctp_bindx.
internal static unsafe class KernelSctpOpening
{
    // Without its digests (hmac) the kernel has the sockets, and lets none of them listen.
    public static string? WhyNotHere()
    {
        const string Remedy = "load it as root with: modprobe -a hmac sctp";
        if (!LinuxEngine.IsSupported) return "The kernel's SCTP is Linux only.";
        var number = SystemCalls.Socket(Native.FamilyIPv4, Native.RecordSocket | Native.CloseOnExec, Numbers.Level);
        if (number < 0) return $"The kernel has no SCTP (socket: {ErrnoName.Of(Errors.Last)}); {Remedy}";
        using var descriptor = new SocketDescriptor(number);
        if (!KernelCalls.TrySubscribe(number, KernelEvents.OfAssociations, isOn: true))
            return $"The kernel's SCTP is too old (SCTP_EVENT: {ErrnoName.Of(Errors.Last)}); Linux 5.0 has it";
        return SystemCalls.Listen(number, 1) == 0
            ? null
            : $"The kernel's SCTP does not listen ({ErrnoName.Of(Errors.Last)}); {Remedy}";
    }

    // Bound; the addresses are those that were asked for, with the port of all of them.
    public static (SocketDescriptor? Socket, IReadOnlyList<IPEndPoint> Addresses, ResultCode Code) Open(
        LinuxEngine engine, SctpStyle style, IReadOnlyList<IPEndPoint> local, SctpSocketOptions options)
    {
        if (local.Count == 0) local = [new IPEndPoint(IPAddress.Any, 0)];
        if (SctpRules.Obstacle(local) is { } obstacle) return (null, [], obstacle);
        var (socket, code) = Open(engine, style, local, local, options);
        if (socket is null) return (null, [], code);
        code = Bind(socket.Number, local, out var port);
        if (code is ResultCode.EESUCCESS) return (socket, AddressList.At(local, port), code);
        socket.Dispose();
        return (null, [], code);
    }

    // To be connected; bound only where it is asked for.
    public static SocketOr<SocketDescriptor> OpenFor(
        LinuxEngine engine,
        IReadOnlyList<IPEndPoint> remote,
        IReadOnlyList<IPEndPoint> local,
        SctpSocketOptions options)
    {
        if (SctpRules.Obstacle(local) is { } obstacle) return obstacle;
        var opened = Open(engine, SctpStyle.OneToOne, remote, local, options);
        if (opened.Socket is null || local.Count == 0) return opened;
        var code = Bind(opened.Socket.Number, local, out _);
        if (code is ResultCode.EESUCCESS) return opened;
        opened.Socket.Dispose();
        return code;
    }

    public static ResultCode OfBind(Errno error) => error switch
    {
        Errno.Invalid => ResultCode.EEBADADDR,
        _ => Errors.OfBind(error),
    };

    public static ResultCode OfConnect(Errno error) => error switch
    {
        Errno.IsConnected or Errno.AlreadyInProgress or Errno.AddressNotAvailable => ResultCode.EEISCONN,
        Errno.Invalid => ResultCode.EEBADADDR,
        Errno.BadDescriptor => ResultCode.EEBADF,
        _ => Errors.OfConnect(error),
    };

    private static SocketOr<SocketDescriptor> Open(
        LinuxEngine engine,
        SctpStyle style,
        IReadOnlyList<IPEndPoint> some,
        IReadOnlyList<IPEndPoint> others,
        SctpSocketOptions options)
    {
        var hasIPv4 = AddressList.HasIPv4(some) || AddressList.HasIPv4(others);
        var hasIPv6 = AddressList.HasIPv6(some) || AddressList.HasIPv6(others);
        var family = hasIPv6 ? Native.FamilyIPv6 : Native.FamilyIPv4;
        var type = style is SctpStyle.OneToMany ? Native.RecordSocket : Native.StreamSocket;
        var number = SystemCalls.Socket(
            family, type | Native.NonBlocking | Native.CloseOnExec, Numbers.Level);
        if (number < 0)
            return Errors.Last is Errno.ProtocolNotSupported or Errno.TypeNotSupported
                ? ResultCode.EESOCKET
                : Errors.OfSocket(Errors.Last);
        var socket = new SocketDescriptor(number);
        var code = engine.Reserve.Has(number) ? ResultCode.EENOSOCKS : Set(number, style, options);
        if (code is ResultCode.EESUCCESS && hasIPv6 && !SetFamilies(number, hasIPv4))
            code = ResultCode.EESETSOCKOPT;
        if (code is ResultCode.EESUCCESS) return socket;
        socket.Dispose();
        return code;
    }

    // An endpoint may have addresses of both versions; each is told as what it is.
    private static bool SetFamilies(int number, bool hasIPv4) =>
        SocketOptions.TrySet(number, Native.IPv6Level, Native.IPv6Only, hasIPv4 ? 0 : 1)
        && SocketOptions.TrySet(number, Numbers.Level, Numbers.MappedAddresses, 0);

    private static ResultCode Set(int number, SctpStyle style, SctpSocketOptions options)
    {
        var isSet = SocketOptions.TrySet(number, Numbers.Level, Numbers.ReceiveInfoWanted, 1)
            && (!options.TellsNext || SocketOptions.TrySet(number, Numbers.Level, Numbers.NextInfoWanted, 1))
            && KernelEvents.TryBegin(number, options.Events)
            && (options.SystemBuffer == 0
                || (SocketOptions.TrySet(number, Native.SocketLevel, Native.ReceiveBuffer, options.SystemBuffer)
                    && SocketOptions.TrySet(number, Native.SocketLevel, Native.SendBuffer, options.SystemBuffer)));
        if (!isSet) return ResultCode.EESETSOCKOPT;
        foreach (var option in options.Options)
        {
            var set = KernelOptions.Set(number, style, default, option);
            if (!set.IsSuccess) return set.Code is ResultCode.EEINVAL ? ResultCode.EESETSOCKOPT : set.Code;
        }

        return ResultCode.EESUCCESS;
    }

    private static ResultCode Bind(int number, IReadOnlyList<IPEndPoint> local, out int port)
    {
        port = local[0].Port;
        var name = SocketName.Write(local[0]);
        fixed (byte* start = name)
        {
            if (SystemCalls.Bind(number, start, name.Length) != 0) return OfBind(Errors.Last);
        }

        if (SocketName.OfLocal(number) is not IPEndPoint bound) return ResultCode.EEGETSOCKNAME;
        port = bound.Port;
        if (local.Count == 1) return ResultCode.EESUCCESS;
        var others = AddressList.At([.. local.Skip(1)], port);
        var error = KernelCalls.BindAlso(number, others, SctpBinding.Add);
        return error is Errno.None ? ResultCode.EESUCCESS : OfBind(error);
    }
}
