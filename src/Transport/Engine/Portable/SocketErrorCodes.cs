using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

// What the system calls it, by what we call it: errno(3) as .NET names it.
internal static class SocketErrorCodes
{
    public static ResultCode OfReceive(SocketError error) => OfStream(error, ResultCode.EERECV);

    public static ResultCode OfSend(SocketError error) => error switch
    {
        // EPIPE: the reset came after the peer's FIN. We never send after our own.
        SocketError.Shutdown => ResultCode.EERESET,
        _ => OfStream(error, ResultCode.EESEND),
    };

    public static ResultCode OfShutdown(SocketError error) => error switch
    {
        SocketError.NotConnected => ResultCode.EERESET,
        _ => OfSend(error),
    };

    public static ResultCode OfAccept(SocketError error) => error switch
    {
        SocketError.TooManyOpenSockets => ResultCode.EENOSOCKS,
        SocketError.OperationAborted or SocketError.NotSocket or SocketError.InvalidArgument => ResultCode.EEBADF,
        _ => ResultCode.EEACCEPT,
    };

    public static ResultCode OfListen(SocketError error) => error switch
    {
        SocketError.TooManyOpenSockets => ResultCode.EENOSOCKS,
        SocketError.AddressAlreadyInUse => ResultCode.EEADDRINUSE,
        SocketError.AddressFamilyNotSupported => ResultCode.EEBADADDR,
        _ => ResultCode.EEBIND,
    };

    public static ResultCode OfConnect(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => ResultCode.EECONNREFUSED,
        SocketError.TimedOut => ResultCode.EETIMEDOUT,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => ResultCode.EEUNREACH,
        SocketError.HostDown or SocketError.NetworkDown => ResultCode.EEUNREACH,
        SocketError.TooManyOpenSockets => ResultCode.EENOSOCKS,
        SocketError.AddressAlreadyInUse => ResultCode.EEADDRINUSE,
        SocketError.AddressFamilyNotSupported => ResultCode.EEBADADDR,
        _ => ResultCode.EECONNECT,
    };

    // Of a Unix socket: where there is no file (ENOENT, by .NET's name), nobody listens.
    public static ResultCode OfKnock(SocketError error) => error switch
    {
        SocketError.WouldBlock => ResultCode.EEWOULDBLOCK,
        SocketError.AddressNotAvailable => ResultCode.EECONNREFUSED,
        _ => OfConnect(error),
    };

    private static ResultCode OfStream(SocketError error, ResultCode otherwise) => error switch
    {
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.NetworkReset => ResultCode.EERESET,
        SocketError.TimedOut => ResultCode.EETIMEDOUT,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => ResultCode.EEUNREACH,
        SocketError.OperationAborted or SocketError.NotSocket => ResultCode.EEBADF,
        _ => otherwise,
    };
}
