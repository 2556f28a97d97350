using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Tcp;

/// <summary>TCP over IPv4 and IPv6 (no dual mode: an address is of one family).</summary>
public sealed class TcpTransport : ITransport
{
    private readonly EngineStreams _streams;

    /// <summary>A transport on an engine.</summary>
    /// <param name="engine">Makes the sockets.</param>
    /// <param name="options">What each connection is given.</param>
    public TcpTransport(IEngine engine, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _streams = new EngineStreams(
            engine, options, static place => place is IPEndPoint, "is not an IP address and port");
    }

    /// <inheritdoc/>
    public string Name => "tcp";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.HalfClose | TransportCapabilities.Abort;

    /// <inheritdoc/>
    public bool IsFor(EndPoint endPoint) => endPoint is IPEndPoint;

    /// <inheritdoc/>
    public ListenResult Listen(EndPoint endPoint, int backlog) => _streams.Listen(endPoint, backlog);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        _streams.ConnectAsync(endPoint, local: null, timeout, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken) =>
        _streams.ConnectAsync(endPoint, local, timeout, cancellationToken);
}
