using System.Net.Sockets;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Unix;

// The file of a socket whose process died: a connect to it is refused. Refused is also who has bound and does not
// listen yet, so that nobody asks unless told to, and then only one at a time (PathLock).
internal static class StaleFile
{
    // True if there was one, and it is gone. Only a socket is ever removed, and only the one that refused.
    public static bool TryRemove(UnixDomainSocketEndPoint endPoint, string path)
    {
        if (FileIdentity.Of(path, out var changed) is not { IsSocket: true } found) return false;
        if (!IsRefused(endPoint)) return false;
        if (FileIdentity.Of(path, out var changedNow) != found || changedNow != changed) return false;
        try
        {
            File.Delete(path);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // not ours to remove: the address is in use
        }
    }

    private static bool IsRefused(UnixDomainSocketEndPoint endPoint)
    {
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        probe.Blocking = false;
        try
        {
            probe.Connect(endPoint);
            return false;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode is SocketError.ConnectionRefused;
        }
    }
}
