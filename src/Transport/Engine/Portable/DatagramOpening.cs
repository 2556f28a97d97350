using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

// UDP alone: System.Net.Sockets tells too little of Unix datagrams.
internal static class DatagramOpening
{
    private enum Step
    {
        Make,
        Set,
        Bind,
        Connect,
    }

    public static SocketOr<IDatagramSocket> Open(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        if ((local ?? remote) is not { } known) return ResultCode.EENOADDR;
        if (known is UnixDomainSocketEndPoint) return ResultCode.EEMODENOTSUPP;
        if (known is not IPEndPoint || !(remote is null or IPEndPoint)) return ResultCode.EEBADADDR;
        if (remote is not null && remote.AddressFamily != known.AddressFamily) return ResultCode.EEBADADDR;
        var step = Step.Make;
        Socket? socket = null;
        try
        {
            socket = new Socket(known.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            step = Step.Set;
            Set(socket, options);
            step = Step.Bind;
            if (local is not null) socket.Bind(local);
            step = Step.Connect;
            if (remote is not null) socket.Connect(remote);
            return new PortableDatagramSocket(socket, remote);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return step switch
            {
                Step.Make => DatagramCodes.OfOpen(failure.SocketErrorCode),
                Step.Set => ResultCode.EESETSOCKOPT,
                Step.Bind => SocketErrorCodes.OfListen(failure.SocketErrorCode),
                _ => SocketErrorCodes.OfConnect(failure.SocketErrorCode),
            };
        }
    }

    private static void Set(Socket socket, DatagramOptions options)
    {
        if (socket.AddressFamily is AddressFamily.InterNetworkV6) socket.DualMode = false;
        if (options.Broadcasts) socket.EnableBroadcast = true;
        if (options.SharesAddress) PortableOptions.ShareAddress(socket);
        if (options.SystemBuffer == 0) return;
        socket.ReceiveBufferSize = options.SystemBuffer;
        socket.SendBufferSize = options.SystemBuffer;
    }
}
