using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

internal sealed class EngineStreams(IEngine engine, ConnectionOptions options)
{
    public ListenResult Listen(EndPoint endPoint, int backlog)
    {
        var (socket, code) = engine.Listen(endPoint, backlog);
        return socket is null
            ? new ListenResult(null, Failure(code, endPoint))
            : new ListenResult(new SocketListener(socket, options));
    }

    public async ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero); // an infinite one is no bound
        var (socket, code) = await engine
            .ConnectAsync(endPoint, local, timeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return socket is null
            ? new ConnectResult(null, Failure(code, local is null ? endPoint : $"{endPoint} from {local}"))
            : new ConnectResult(new SocketConnection(socket, options));
    }

    public static SocketResult Failure(ResultCode code, object about) => new(code, $"{code.Text()}: {about}");
}
