using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Handles.Rendezvous;

// What a call on a file ended with, as a result that names the path.
internal static class FileFailure
{
    public static SocketResult Of(Errno error, string path, string what)
    {
        var code = error switch
        {
            Errno.Permission or Errno.Access or Errno.TooManyLinks => ResultCode.EESECURITY,
            Errno.NoEntry or Errno.NotADirectory or Errno.NameTooLong => ResultCode.EEBADADDR,
            Errno.TooManyFiles or Errno.FileTableFull or Errno.NoMemory => ResultCode.EENOSOCKS,
            _ => ResultCode.EESOCKET,
        };
        return new(code, $"{path} {what}: {ErrnoName.Of(error)}");
    }
}
