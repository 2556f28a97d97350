using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Systemd;

// What the system tells of a socket that was passed with nothing but a name.
internal static class PassedFacts
{
    // EEMODENOTSUPP: of no kind that there is a transport for. EENOTCONN: a stream that neither listens nor has a
    // peer.
    public static (SocketFacts? Facts, SocketResult Result) Of(SocketDescriptor socket)
    {
        var number = socket.Number;
        var (type, protocol) = (Get(number, Native.SocketType), Get(number, Native.SocketProtocol));
        var family = SocketOptions.FamilyOf(number);
        var listens = Get(number, Native.IsListening) == 1;
        var isInternet = family is Native.FamilyIPv4 or Native.FamilyIPv6;
        (HandleKind Kind, string Transport)? what = (type, family) switch
        {
            (Native.StreamSocket, _) when isInternet && protocol == Native.TcpLevel => (Stream(listens), "tcp"),
            (Native.StreamSocket, Native.FamilyUnix) => (Stream(listens), "unix"),
            (Native.DatagramSocket, _) when isInternet && protocol == Native.UdpLevel => (HandleKind.Datagram, "udp"),
            (Native.DatagramSocket, Native.FamilyUnix) => (HandleKind.Datagram, "unix-datagram"),
            (Native.RecordSocket, Native.FamilyUnix) =>
                (listens ? HandleKind.RecordListener : HandleKind.Records, "unix-record"),
            _ => null,
        };
        if (what is not (var kind, var transport))
            return (null, new(ResultCode.EEMODENOTSUPP, $"type {type} of family {family}, protocol {protocol}"));
        if (!listens && kind is not HandleKind.Datagram && !SocketName.IsConnected(number))
            return (null, new(ResultCode.EENOTCONN, $"a {transport} socket that neither listens nor is connected"));
        var (local, remote) = (SocketName.OfLocal(number), SocketName.OfPeer(number));
        return (new SocketFacts(kind, transport, local, remote, 0, 0, Attachment: null), SocketResult.Success);
    }

    private static HandleKind Stream(bool listens) => listens ? HandleKind.Listener : HandleKind.Stream;

    private static int Get(int descriptor, int option) =>
        SocketOptions.TryGet(descriptor, Native.SocketLevel, option, out var value) ? value : 0;
}
