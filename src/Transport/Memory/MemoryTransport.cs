using System.Net;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Memory;

/// <summary>Connections inside the process, over a <see cref="MemoryNetwork"/>.</summary>
public sealed class MemoryTransport : ITransport
{
    private readonly EngineStreams _streams;

    /// <summary>A transport on a network.</summary>
    /// <param name="network">Where names are looked up.</param>
    /// <param name="options">What each connection is given.</param>
    public MemoryTransport(MemoryNetwork network, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        _streams = new EngineStreams(
            network, options, static place => place is MemoryEndPoint, "is not a name in memory");
    }

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.HalfClose | TransportCapabilities.Abort;

    /// <inheritdoc/>
    public bool IsFor(EndPoint endPoint) => endPoint is MemoryEndPoint;

    /// <inheritdoc/>
    public ListenResult Listen(EndPoint endPoint, int backlog) => _streams.Listen(endPoint, backlog);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        _streams.ConnectAsync(endPoint, local: null, timeout, cancellationToken);
}
