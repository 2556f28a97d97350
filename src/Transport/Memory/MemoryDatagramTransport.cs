using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Memory;

/// <summary>Datagrams inside the process, over a <see cref="MemoryDatagramNetwork"/>.</summary>
public sealed class MemoryDatagramTransport : IDatagramTransport
{
    private readonly EngineDatagrams _datagrams;

    /// <summary>A transport on a network.</summary>
    /// <param name="network">Where names are looked up.</param>
    /// <param name="options">What each socket is given.</param>
    public MemoryDatagramTransport(MemoryDatagramNetwork network, MessageOptions options)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(options);
        _datagrams = new EngineDatagrams(network, options, DatagramOptions.Default);
    }

    /// <inheritdoc/>
    public string Name => "memory-datagram";

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
