using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Paths;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Unix;

internal static class PathBinding
{
    // Binds; where that fails because of what a dead process left, removes it, if that is wanted, and binds again.
    // Those who may remove take turns, and who comes in another's turn finds the address in use.
    public static T Bind<T>(
        EndPoint? endPoint,
        bool removesStale,
        Func<T> bind,
        Func<T, SocketResult> resultOf,
        Func<SocketResult, T> refuse)
    {
        var mayRemove = removesStale && OperatingSystem.IsLinux() && endPoint is not null && UnixName.IsName(endPoint);
        if (!mayRemove || UnixName.PathOf(endPoint!) is not { } path) return bind();
        using var turn = PathLock.TryTake(path, out var isTaken);
        if (isTaken) return refuse(EngineStreams.Failure(ResultCode.EEADDRINUSE, Starting(path)));
        var bound = bind();
        var isStale = turn is not null
            && resultOf(bound).Code is ResultCode.EEADDRINUSE
            && StaleFile.TryRemove((UnixDomainSocketEndPoint)endPoint!, path);
        return isStale ? bind() : bound;
    }

    private static string Starting(string path) => $"{path}: another starts to listen there, and has {path}.lock";
}
