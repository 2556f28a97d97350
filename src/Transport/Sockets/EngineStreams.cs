using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// The streams of an engine, for a transport whose addresses are of one kind; otherwise says what another one is.
internal sealed class EngineStreams(
    IEngine engine, ConnectionOptions options, Func<EndPoint, bool> isAddress, string otherwise)
{
    public ListenResult Listen(EndPoint endPoint, int backlog)
    {
        if (!isAddress(endPoint)) return new ListenResult(null, Stranger(endPoint));
        var (socket, code) = engine.Listen(endPoint, backlog);
        return socket is null
            ? new ListenResult(null, Failure(code, endPoint))
            : new ListenResult(new SocketListener(socket, options));
    }

    public async ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero); // an infinite one is no bound
        if (!isAddress(endPoint)) return new ConnectResult(null, Stranger(endPoint));
        if (local is not null && !isAddress(local)) return new ConnectResult(null, Stranger(local));
        var (socket, code) = await engine
            .ConnectAsync(endPoint, local, timeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return socket is null
            ? new ConnectResult(null, Failure(code, local is null ? endPoint : $"{endPoint} from {local}"))
            : new ConnectResult(new SocketConnection(socket, options));
    }

    private SocketResult Stranger(EndPoint endPoint) => Failure(ResultCode.EEBADADDR, $"'{endPoint}' {otherwise}");

    public static SocketResult Failure(ResultCode code, object about) => new(code, $"{code.Text()}: {about}");
}
