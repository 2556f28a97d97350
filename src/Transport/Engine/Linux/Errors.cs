using System.Runtime.InteropServices;

namespace Handoff.Transport.Engine.Linux;

// What the kernel calls it, by what we call it.
internal static class Errors
{
    public static Errno Last => (Errno)Marshal.GetLastPInvokeError();

    public static Errno Now => (Errno)Marshal.GetLastSystemError();

    public static ResultCode OfReceive(Errno error) => OfStream(error, ResultCode.EERECV);

    public static ResultCode OfSend(Errno error) => error switch
    {
        // The reset came after the peer's FIN. We never send after our own.
        Errno.BrokenPipe => ResultCode.EERESET,
        _ => OfStream(error, ResultCode.EESEND),
    };

    public static ResultCode OfShutdown(Errno error) => error switch
    {
        Errno.NotConnected => ResultCode.EERESET,
        _ => OfSend(error),
    };

    // accept(2): errors of the network that is already pending on the new connection are this connection's only.
    public static ResultCode OfAccept(Errno error) => error switch
    {
        Errno.TooManyFiles or Errno.FileTableFull or Errno.NoBuffers or Errno.NoMemory => ResultCode.EENOSOCKS,
        Errno.BadDescriptor or Errno.Invalid or Errno.NotASocket => ResultCode.EEBADF,
        _ => ResultCode.EEACCEPT,
    };

    public static ResultCode OfSocket(Errno error) => error switch
    {
        Errno.TooManyFiles or Errno.FileTableFull or Errno.NoBuffers or Errno.NoMemory => ResultCode.EENOSOCKS,
        Errno.FamilyNotSupported => ResultCode.EEBADADDR,
        _ => ResultCode.EESOCKET,
    };

    public static ResultCode OfBind(Errno error) => error switch
    {
        Errno.AddressInUse => ResultCode.EEADDRINUSE,
        Errno.FamilyNotSupported => ResultCode.EEBADADDR,
        _ => ResultCode.EEBIND,
    };

    public static ResultCode OfListen(Errno error) => error switch
    {
        Errno.AddressInUse => ResultCode.EEADDRINUSE,
        _ => ResultCode.EELISTEN,
    };

    public static ResultCode OfConnect(Errno error) => error switch
    {
        Errno.Refused => ResultCode.EECONNREFUSED,
        Errno.TimedOut => ResultCode.EETIMEDOUT,
        Errno.HostUnreachable or Errno.NetworkUnreachable => ResultCode.EEUNREACH,
        Errno.HostDown or Errno.NetworkDown => ResultCode.EEUNREACH,
        Errno.AddressInUse => ResultCode.EEADDRINUSE,
        Errno.FamilyNotSupported => ResultCode.EEBADADDR,
        _ => ResultCode.EECONNECT,
    };

    // Of a Unix socket: where there is no file, nobody listens.
    public static ResultCode OfKnock(Errno error) => error switch
    {
        Errno.None => ResultCode.EESUCCESS,
        Errno.NoEntry => ResultCode.EECONNREFUSED,
        _ => OfConnect(error),
    };

    // epoll_ctl(2): the descriptor cannot be watched.
    public static ResultCode OfWatch(Errno error) => error switch
    {
        Errno.NoSpace or Errno.NoMemory => ResultCode.EENOSOCKS,
        Errno.BadDescriptor => ResultCode.EEBADF,
        _ => ResultCode.EESOCKET,
    };

    private static ResultCode OfStream(Errno error, ResultCode otherwise) => error switch
    {
        Errno.Reset or Errno.Aborted or Errno.NetworkReset => ResultCode.EERESET,
        Errno.TimedOut => ResultCode.EETIMEDOUT,
        Errno.HostUnreachable or Errno.NetworkUnreachable => ResultCode.EEUNREACH,
        Errno.BadDescriptor or Errno.NotASocket => ResultCode.EEBADF,
        _ => otherwise,
    };
}
