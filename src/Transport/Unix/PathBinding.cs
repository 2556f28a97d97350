using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Unix;

internal static class PathBinding
{
    // Binds; where that fails because of what a dead process left, removes it, if that is wanted, and binds again.
    public static T Bind<T>(EndPoint? endPoint, bool removesStale, Func<T> bind, Func<T, SocketResult> resultOf)
    {
        var bound = bind();
        var isStale = removesStale
            && resultOf(bound).Code is ResultCode.EEADDRINUSE
            && StaleFile.TryRemove((UnixDomainSocketEndPoint)endPoint!);
        return isStale ? bind() : bound;
    }
}
