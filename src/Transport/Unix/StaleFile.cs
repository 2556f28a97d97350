using System.Net.Sockets;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Unix;

// The file of a socket whose process died: a connect to it is refused. Refused is also who has bound and does not
// listen yet, so that nobody asks unless told to.
internal static class StaleFile
{
    // True if there was one, and it is gone. Only a socket is ever removed, and only the one that refused.
    public static bool TryRemove(UnixDomainSocketEndPoint endPoint)
    {
        if (UnixName.PathOf(endPoint) is not { } path) return false;
        if (FileIdentity.Of(path) is not { IsSocket: true } found || !IsRefused(endPoint)) return false;
        if (FileIdentity.Of(path) != found) return false;
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
