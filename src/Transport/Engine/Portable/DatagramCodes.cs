using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

// What the system calls it, by what we call it, where one message fails and the socket goes on.
internal static class DatagramCodes
{
    // Windows calls it a reset that nobody received what was sent.
    public static ResultCode OfReceive(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset => ResultCode.EECONNREFUSED,
        SocketError.WouldBlock => ResultCode.EEWOULDBLOCK,
        _ => SocketErrorCodes.OfReceive(error),
    };

    public static ResultCode OfSend(SocketError error) => error switch
    {
        SocketError.ConnectionRefused or SocketError.ConnectionReset => ResultCode.EECONNREFUSED,
        SocketError.WouldBlock => ResultCode.EEWOULDBLOCK,
        SocketError.MessageSize => ResultCode.EEMSGSIZE,
        SocketError.AddressFamilyNotSupported or SocketError.InvalidArgument => ResultCode.EEBADADDR,
        SocketError.HostDown or SocketError.NetworkDown => ResultCode.EEUNREACH,
        _ when SocketErrorCodes.OfSend(error) is var code and not (ResultCode.EESEND or ResultCode.EERESET) => code,
        _ => ResultCode.EESENDTO,
    };

    public static ResultCode OfOpen(SocketError error) => error switch
    {
        SocketError.TooManyOpenSockets => ResultCode.EENOSOCKS,
        SocketError.AddressFamilyNotSupported => ResultCode.EEBADADDR,
        _ => ResultCode.EESOCKET,
    };
}
