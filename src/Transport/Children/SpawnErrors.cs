using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Children;

// execve(2), fork(2), fcntl(2).
internal static class SpawnErrors
{
    public static ResultCode Of(Errno error) => error switch
    {
        Errno.Permission or Errno.Access => ResultCode.EESECURITY,
        Errno.TooManyFiles or Errno.FileTableFull or Errno.NoMemory => ResultCode.EENOSOCKS,

        // RLIMIT_NPROC, or what the system has for all.
        Errno.TryAgain => ResultCode.EEQUOTA,
        Errno.BadDescriptor => ResultCode.EEBADF,
        Errno.NoSuchCall => ResultCode.EEMODENOTSUPP,
        _ => ResultCode.EESPAWN,
    };
}
