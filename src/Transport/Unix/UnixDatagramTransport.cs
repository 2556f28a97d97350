using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Paths;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Unix;

/// <summary>
/// Datagrams of one host, by a path or an abstract name (<c>unix(7)</c>): whole, in order, and never lost on the way.
/// A receiver that has no room refuses (<see cref="ResultCode.EEWOULDBLOCK"/>); only a socket with a peer waits for
/// it. The file of a bound socket goes with it, unless another has taken its place by then. A sender that was not
/// bound has no address, and cannot be answered.
/// </summary>
public sealed class UnixDatagramTransport : IDatagramTransport
{
    private readonly EngineDatagrams _datagrams;

    /// <summary>A transport on an engine; the portable one has none, and every open answers
    /// <see cref="ResultCode.EEMODENOTSUPP"/>.</summary>
    /// <param name="engine">Makes the sockets.</param>
    /// <param name="options">What each socket is given.</param>
    /// <param name="system">What each socket is given by the system; null for the defaults.</param>
    public UnixDatagramTransport(IDatagramEngine engine, MessageOptions options, DatagramOptions? system = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _datagrams = new EngineDatagrams(engine, options, system ?? DatagramOptions.Default);
    }

    /// <summary>
    /// Whether binding removes the file of a socket that refuses a connect, because the process that made it is dead,
    /// as <see cref="UnixTransport.RemovesStaleFiles"/> says. Default: no, and the address is in use.
    /// </summary>
    public bool RemovesStaleFiles { get; init; }

    /// <inheritdoc/>
    public string Name => "unix-datagram";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.None;

    /// <inheritdoc/>
    public bool IsForDatagrams(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint;

    /// <inheritdoc/>
    public OpenResult Open(EndPoint? local, EndPoint? remote)
    {
        if ((Stranger(local) ?? Stranger(remote)) is not { } stranger)
        {
            return PathBinding.Bind(
                local,
                RemovesStaleFiles,
                () => _datagrams.Open(local, remote),
                opened => opened.Result,
                why => new OpenResult(null, why));
        }

        var why = $"'{stranger}' {UnixName.Otherwise}";
        return new OpenResult(null, new SocketResult(ResultCode.EEBADADDR, why));
    }

    /// <inheritdoc/>
    public ListenResult Listen(EndPoint endPoint, int backlog) => EngineDatagrams.NoListen(Name);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) => EngineDatagrams.NoConnect(Name);

    private static EndPoint? Stranger(EndPoint? endPoint) =>
        endPoint is null || UnixName.IsName(endPoint) ? null : endPoint;
}
