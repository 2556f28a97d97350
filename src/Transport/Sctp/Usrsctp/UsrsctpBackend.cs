using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// SCTP inside the process, by libusrsctp, in UDP only (RFC 6951): without encapsulation and without being root its
// sends succeed and nothing is delivered. So each socket is told a UDP port of its peers: the stack's own unless
// options say another. Peers that call are answered where they called from.
internal sealed class UsrsctpBackend : ISctpBackend
{
    private readonly UsrsctpStack _stack;
    private readonly PipeScheduler _scheduler;

    private UsrsctpBackend(UsrsctpStack stack, PipeScheduler scheduler) => (_stack, _scheduler) = (stack, scheduler);

    public string Name => "usrsctp";

    public SctpCapabilities Capabilities => SctpCapabilities.EncapsulatedOnly | SctpCapabilities.Encapsulates
        | SctpCapabilities.MultiHomed | SctpCapabilities.Rebinds | SctpCapabilities.TellsNext;

    // The UDP port of this process.
    public int UdpPort => _stack.UdpPort;

    // The scheduler resumes whoever awaits a socket. EEMODENOTSUPP where the library is missing, EEADDRINUSE and
    // EEBIND for the port, EEALREADY where the stack of this process has another.
    public static (UsrsctpBackend? Backend, SocketResult Result) Create(int udpPort, PipeScheduler scheduler)
    {
        var (stack, result) = UsrsctpStack.Start(udpPort);
        return (stack is null ? null : new UsrsctpBackend(stack, scheduler), result);
    }

    public SocketOr<ISctpSocket> Open(IReadOnlyList<IPEndPoint> local, SctpSocketOptions options)
    {
        var (socket, addresses, code) = Bound(UsrsctpNumbers.SeqPacket, local, [], options);
        if (code is not ResultCode.EESUCCESS) return code;
        return new UsrsctpSocket(_stack, _scheduler, SctpStyle.OneToMany, socket, addresses, options.Events);
    }

    public SocketOr<ISctpListenSocket> Listen(
        IReadOnlyList<IPEndPoint> local, int backlog, SctpSocketOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        var (socket, addresses, code) = Bound(UsrsctpNumbers.Stream, local, [], options);
        if (code is not ResultCode.EESUCCESS) return code;
        if (UsrsctpCalls.Listen(socket, backlog) == 0)
            return new UsrsctpListenSocket(_stack, _scheduler, socket, addresses, options);
        code = Errors.OfListen(Errors.Last);
        UsrsctpCalls.Close(socket);
        return code;
    }

    public async ValueTask<SocketOr<ISctpSocket>> ConnectAsync(
        IReadOnlyList<IPEndPoint> remote,
        IReadOnlyList<IPEndPoint> local,
        SctpSocketOptions options,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        if (remote.Count == 0) return ResultCode.EENOADDR;
        if (SctpRules.Obstacle(remote) is { } obstacle) return obstacle;
        if (remote[0].Port == 0) return ResultCode.EEBADADDR;
        if (cancellationToken.IsCancellationRequested) return ResultCode.EEINTR;
        var (handle, addresses, code) = Bound(UsrsctpNumbers.Stream, local, remote, options);
        if (code is not ResultCode.EESUCCESS) return code;
        var socket = new UsrsctpSocket(_stack, _scheduler, SctpStyle.OneToOne, handle, addresses, options.Events);
        code = await socket.ConnectAsync(remote, timeout, timeProvider, cancellationToken).ConfigureAwait(false);
        if (code is ResultCode.EESUCCESS) return socket;
        socket.Abort();
        return code;
    }

    private unsafe (nint Socket, IReadOnlyList<IPEndPoint> Local, ResultCode Code) Bound(
        int type, IReadOnlyList<IPEndPoint> local, IReadOnlyList<IPEndPoint> remote, SctpSocketOptions options)
    {
        if (SctpRules.Obstacle(local) is { } obstacle) return (0, [], obstacle);
        if (local.Any(_stack.Places.IsTaken)) return (0, [], ResultCode.EEADDRINUSE);
        var isIPv6 = local.Concat(remote).Any(address => address.AddressFamily is AddressFamily.InterNetworkV6);
        var family = isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var native = isIPv6 ? Native.FamilyIPv6 : Native.FamilyIPv4;
        var socket = UsrsctpCalls.Socket(native, type, UsrsctpNumbers.Protocol, null, null, 0, null);
        if (socket == 0) return (0, [], Errors.OfSocket(Errors.Last));
        var style = type == UsrsctpNumbers.SeqPacket ? SctpStyle.OneToMany : SctpStyle.OneToOne;
        var code = Prepare(socket, style, options);
        if (code is ResultCode.EESUCCESS) code = Bind(socket, local, family);
        var bound = code is ResultCode.EESUCCESS ? UsrsctpAddresses.OfLocal(socket, 0) : null;
        if (code is ResultCode.EESUCCESS && bound is not null)
            return (socket, [.. Asked(local, family, bound[0].Port)], code);
        UsrsctpCalls.Close(socket);
        return (0, [], code is ResultCode.EESUCCESS ? ResultCode.EEGETSOCKNAME : code);
    }

    // As it was asked for: of any address the stack tells all that the machine has.
    private static IEnumerable<IPEndPoint> Asked(IReadOnlyList<IPEndPoint> local, AddressFamily family, int port) =>
        local.Count > 0 ? local.Select(address => new IPEndPoint(address.Address, port)) : [Any(family, port)];

    private static IPEndPoint Any(AddressFamily family, int port) =>
        new(family is AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port);

    private ResultCode Prepare(nint socket, SctpStyle style, SctpSocketOptions options)
    {
        if (UsrsctpCalls.SetNonBlocking(socket, 1) != 0) return ResultCode.EENONBLOCK;
        var isSet = Set(socket, UsrsctpNumbers.Protocol, UsrsctpNumbers.ReceiveInfo, 1)
            && (!options.TellsNext || Set(socket, UsrsctpNumbers.Protocol, UsrsctpNumbers.NextInfo, 1))
            && (options.SystemBuffer == 0
                || (Set(socket, UsrsctpNumbers.OfSocket, UsrsctpNumbers.SendBuffer, options.SystemBuffer)
                    && Set(socket, UsrsctpNumbers.OfSocket, UsrsctpNumbers.ReceiveBuffer, options.SystemBuffer)))
            && UsrsctpSocket.SetEvents(socket, options.Events, isDryNew: true);
        if (!isSet) return ResultCode.EESETSOCKOPT;
        var encapsulation = new SctpOption(SctpOptionKind.EncapsulationPort, _stack.UdpPort);
        foreach (var option in options.Options.Prepend(encapsulation))
        {
            var set = UsrsctpOptions.Set(socket, style, 0, option);
            if (!set.IsSuccess) return set.Code is ResultCode.EEINVAL ? ResultCode.EESETSOCKOPT : set.Code;
        }

        return ResultCode.EESUCCESS;
    }

    private static unsafe bool Set(nint socket, int level, int name, int value) =>
        UsrsctpCalls.SetOption(socket, level, name, (byte*)&value, sizeof(int)) == 0;

    private static unsafe ResultCode Bind(nint socket, IReadOnlyList<IPEndPoint> local, AddressFamily family)
    {
        IReadOnlyList<IPEndPoint> wanted = local.Count > 0 ? local : [Any(family, 0)];
        fixed (byte* addresses = UsrsctpAddresses.Write(wanted))
        {
            return UsrsctpCalls.Bind(socket, addresses, wanted.Count, UsrsctpNumbers.AddAddress) == 0
                ? ResultCode.EESUCCESS
                : Errors.OfBind(Errors.Last);
        }
    }
}
