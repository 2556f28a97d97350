using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.TestKit.Simulation;

/// <summary>Datagrams of a simulated network, by IP address and port; named "simulated-datagram".</summary>
public sealed class SimulatedDatagramTransport : IDatagramTransport
{
    private readonly EngineDatagrams _datagrams;

    /// <summary>A transport on a network.</summary>
    /// <param name="network">A <see cref="SimulatedNetwork"/>, or an engine that stands before one.</param>
    /// <param name="options">What each socket is given.</param>
    public SimulatedDatagramTransport(IDatagramEngine network, MessageOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        _datagrams = new EngineDatagrams(network, options, DatagramOptions.Default);
    }

    /// <inheritdoc/>
    public string Name => "simulated-datagram";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.None;

    /// <inheritdoc/>
    public OpenResult Open(EndPoint? local, EndPoint? remote) => _datagrams.Open(local, remote);

    /// <inheritdoc/>
    public ListenResult Listen(EndPoint endPoint, int backlog) => EngineDatagrams.NoListen(Name);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) => EngineDatagrams.NoConnect(Name);
}
