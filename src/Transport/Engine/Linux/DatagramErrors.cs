namespace Handoff.Transport.Engine.Linux;

// What the kernel calls it, by what we call it, where one message fails and the socket goes on.
internal static class DatagramErrors
{
    // udp(7): a connected socket is told what came back for an earlier message.
    public static ResultCode OfReceive(Errno error) => error switch
    {
        Errno.Refused => ResultCode.EECONNREFUSED,
        _ => Errors.OfReceive(error),
    };

    public static ResultCode OfSend(Errno error) => error switch
    {
        Errno.Refused or Errno.NoEntry => ResultCode.EECONNREFUSED,
        Errno.TooLong => ResultCode.EEMSGSIZE,
        Errno.AddressRequired => ResultCode.EENOADDR,
        Errno.NotConnected => ResultCode.EENOTCONN,
        Errno.FamilyNotSupported or Errno.Invalid or Errno.WrongType => ResultCode.EEBADADDR,
        Errno.HostDown or Errno.NetworkDown => ResultCode.EEUNREACH,
        _ when Errors.OfSend(error) is var code and not ResultCode.EESEND => code,
        _ => ResultCode.EESENDTO,
    };

    public static ResultCode OfConnect(Errno error) => error switch
    {
        // Nobody is bound to the path: unix(7).
        Errno.NoEntry => ResultCode.EECONNREFUSED,
        Errno.WrongType or Errno.Invalid => ResultCode.EEBADADDR,
        _ => Errors.OfConnect(error),
    };

    public static ResultCode OfBind(Errno error) => error switch
    {
        Errno.Invalid => ResultCode.EEBADADDR,
        _ => Errors.OfBind(error),
    };
}
