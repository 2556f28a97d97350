using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sctp.Usrsctp;

// What usrsctp calls it, by what the contract calls it.
internal static class UsrsctpErrors
{
    private const Errno Shutdown = (Errno)108;

    public static ResultCode OfPeel(Errno error) => error switch
    {
        Errno.NoMemory or Errno.NoBuffers or Errno.TooManyFiles => ResultCode.EENOSOCKS,
        Errno.BadDescriptor => ResultCode.EEBADF,
        _ => ResultCode.EEINVAL, // ENOENT, ENOTCONN, EOPNOTSUPP
    };

    public static ResultCode OfSend(Errno error) => error switch
    {
        Errno.TryAgain or Errno.NoBuffers => ResultCode.EEWOULDBLOCK,
        Errno.TooLong => ResultCode.EEMSGSIZE,
        Errno.Invalid => ResultCode.EEINVAL,
        Errno.NetworkUnreachable or Errno.HostUnreachable or Errno.NetworkDown => ResultCode.EEUNREACH,
        Errno.FamilyNotSupported => ResultCode.EEBADADDR,
        _ when IsOver(error) => ResultCode.EENOTCONN,
        _ => ResultCode.EESENDTO,
    };

    // The association is gone, or goes.
    public static bool IsOver(Errno error) => error is Errno.NoEntry or Errno.NotConnected or Errno.BrokenPipe
        or Errno.Reset or Errno.Aborted or Errno.Refused or Errno.TimedOut or Shutdown;

    public static ResultCode OfConnect(Errno error) => error switch
    {
        Errno.AddressInUse or (Errno)106 or (Errno)114 => ResultCode.EEISCONN, // EISCONN, EALREADY
        _ => Errors.OfConnect(error),
    };
}
