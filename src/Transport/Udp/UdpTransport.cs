using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Udp;

/// <summary>UDP over IPv4 and IPv6 (no dual mode: an address is of one family).</summary>
public sealed class UdpTransport : IDatagramTransport
{
    private readonly EngineDatagrams _datagrams;

    /// <summary>A transport on an engine.</summary>
    /// <param name="engine">Makes the sockets.</param>
    /// <param name="options">What each socket is given.</param>
    /// <param name="system">What each socket is given by the system; null for the defaults.</param>
    public UdpTransport(IDatagramEngine engine, MessageOptions options, DatagramOptions? system = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _datagrams = new EngineDatagrams(engine, options, system ?? DatagramOptions.Default);
    }

    /// <inheritdoc/>
    public string Name => "udp";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.None;

    /// <inheritdoc/>
    public bool IsForDatagrams(EndPoint endPoint) => endPoint is IPEndPoint;

    /// <inheritdoc/>
    public OpenResult Open(EndPoint? local, EndPoint? remote) =>
        (local ?? remote) is IPEndPoint && (remote ?? local) is IPEndPoint
            ? _datagrams.Open(local, remote)
            : new OpenResult(null, NotAnAddress(local, remote));

    /// <inheritdoc/>
    public OpenResult OpenShared(EndPoint? local, EndPoint? remote) =>
        (local ?? remote) is IPEndPoint && (remote ?? local) is IPEndPoint
            ? _datagrams.OpenShared(local, remote)
            : new OpenResult(null, NotAnAddress(local, remote));

    /// <inheritdoc/>
    public ListenResult Listen(EndPoint endPoint, int backlog) => EngineDatagrams.NoListen(Name);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) => EngineDatagrams.NoConnect(Name);

    private static SocketResult NotAnAddress(EndPoint? local, EndPoint? remote) => local is null && remote is null
        ? new(ResultCode.EENOADDR, "neither an address to receive at nor one to send to")
        : EngineStreams.Failure(
            ResultCode.EEBADADDR, $"{(local is IPEndPoint ? remote : local)} is not an IP address and port");
}
