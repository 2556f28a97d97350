using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Kernel;

// Makes sockets of descriptors that come from elsewhere: from another process, or out of another engine. What does not
// fit stays the caller's.
internal static class KernelSctpAdoption
{
    public static SocketOr<ISctpSocket> Of(KernelSctp backend, SocketDescriptor descriptor)
    {
        var number = descriptor.Number;
        if (Get(number, Native.SocketProtocol) != Native.SctpLevel || StyleOf(number) is not { } style)
            return ResultCode.EEMODENOTSUPP;
        if (Get(number, Native.IsListening) != 0) return ResultCode.EEISLISTEN;

        // A one-to-many socket has none either for the kernel, if it is not asked for by its id.
        if (KernelCalls.Status(number, default).Value is not { } status) return ResultCode.EENOTCONN;
        var local = KernelCalls.Addresses(number, Numbers.LocalAddresses, status.Association).Value;
        if (local is null or []) return ResultCode.EEGETSOCKNAME;
        if (SocketOptions.SetNonBlocking(number, isOn: true) is not Errno.None) return ResultCode.EENONBLOCK;
        SocketOptions.CloseGracefully(number);
        var events = KernelEvents.Of(number);
        if (!SocketOptions.TrySet(number, Numbers.Level, Numbers.ReceiveInfoWanted, 1)
            || !KernelEvents.TryBegin(number, events)) return ResultCode.EESETSOCKOPT;
        var placed = backend.Engine.Place(descriptor.Take(), isShared: true);
        return new KernelSctpSocket(backend, placed, style, status.Association, local, events)
        {
            Primary = status.Primary,
        };
    }

    private static SctpStyle? StyleOf(int number) => Get(number, Native.SocketType) switch
    {
        Native.StreamSocket => SctpStyle.OneToOne,
        Native.RecordSocket => SctpStyle.PeeledOff,
        _ => null,
    };

    private static int Get(int number, int name) =>
        SocketOptions.TryGet(number, Native.SocketLevel, name, out var value) ? value : 0;
}
