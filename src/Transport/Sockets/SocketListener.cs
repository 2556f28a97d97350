using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

/// <summary>
/// Accepts connections and wraps each in a <see cref="SocketConnection"/>. Dispose closes it; idempotent.
/// </summary>
public sealed class SocketListener : ISocketOptions, IDisposable
{
    private readonly IListenSocket _socket;
    private readonly ConnectionOptions _options;

    /// <summary>Wraps a listening socket.</summary>
    /// <param name="socket">The socket; the listener owns it from here on.</param>
    /// <param name="options">What each accepted connection is given.</param>
    public SocketListener(IListenSocket socket, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(options);
        _socket = socket;
        _options = options;
    }

    /// <summary>The address that it listens on, with the port that the system chose.</summary>
    public EndPoint LocalEndPoint => _socket.LocalEndPoint;

    // Null where its engine hands no descriptor out.
    internal IPassable? Passable => _socket as IPassable;

    /// <summary>Takes the next waiting connection. One call at a time.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait with <see cref="ResultCode.EEINTR"/>; no connection is lost.
    /// </param>
    /// <returns>
    /// A connection that is not started yet, owned by the caller; or <see cref="ResultCode.EENOSOCKS"/> (no descriptor
    /// left: pause, then go on), <see cref="ResultCode.EEACCEPT"/> (this one connection was lost: go on),
    /// <see cref="ResultCode.EEBADF"/> (the listener is closed).
    /// </returns>
    public async ValueTask<AcceptResult> AcceptAsync(CancellationToken cancellationToken = default)
    {
        var accepted = await _socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return accepted.Socket is { } socket
            ? new AcceptResult(new SocketConnection(socket, _options))
            : new AcceptResult(null, SocketResult.Of(accepted.Code));
    }

    /// <inheritdoc/>
    public SocketResult SetOption(SocketOption option) => _socket.SetOption(option);

    /// <inheritdoc/>
    public OptionResult GetOption(SocketOptionKind kind) => _socket.GetOption(kind);

    /// <inheritdoc/>
    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        _socket.SetRawOption(level, name, value);

    /// <inheritdoc/>
    public RawOptionResult GetRawOption(int level, int name, int size) => _socket.GetRawOption(level, name, size);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
