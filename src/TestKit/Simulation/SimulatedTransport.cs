using System.Net;
using Handoff.Transport;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Simulation;

/// <summary>Connections of a simulated network, by IP address and port; named "simulated".</summary>
public sealed class SimulatedTransport : ITransport
{
    private readonly EngineStreams _streams;

    /// <summary>A transport on a network.</summary>
    /// <param name="network">A <see cref="SimulatedNetwork"/>, or an engine that stands before one.</param>
    /// <param name="options">What each connection is given; its clock is the network's.</param>
    public SimulatedTransport(IEngine network, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        _streams = new EngineStreams(
            network, options, static place => place is IPEndPoint, "is not an IP address and port");
    }

    /// <inheritdoc/>
    public string Name => "simulated";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.HalfClose | TransportCapabilities.Abort;

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
