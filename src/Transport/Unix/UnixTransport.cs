using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Paths;
using Handoff.Transport.Sockets;

namespace Handoff.Transport.Unix;

/// <summary>
/// Stream sockets of one host, by a path or an abstract name (<c>unix(7)</c>). A connection knows the process at its
/// other end (<see cref="SocketConnection.PeerCredentials"/>). The file of a listener is made by listening and goes
/// with it, unless another has taken its place by then.
/// </summary>
/// <remarks>
/// The kernel has no reset here: whoever aborts has closed, so that the peer reads what was sent and then an end, and
/// only who sends on is told (<see cref="ResultCode.EERESET"/>). A peer that closes with bytes unread resets.
/// </remarks>
public sealed class UnixTransport : ITransport
{
    private readonly EngineStreams _streams;

    /// <summary>A transport on an engine.</summary>
    /// <param name="engine">Makes the sockets.</param>
    /// <param name="options">What each connection is given.</param>
    public UnixTransport(IEngine engine, ConnectionOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _streams = new EngineStreams(engine, options, UnixName.IsName, UnixName.Otherwise);
    }

    /// <summary>
    /// Whether listening removes the file of a socket that refuses a connect, because the process that made it is
    /// dead. Default: no, and the address is in use. On Linux only.
    /// </summary>
    /// <remarks>
    /// Those who start at the same path take turns by a lock (<c>flock(2)</c>) on <c>path.lock</c>, a file that stays:
    /// while another has its turn the address is in use. Where there can be no such file, or it is another user's or a
    /// link, nothing is removed. It keeps out only those who remove stale files, too: let all who
    /// listen at the path do so, or none.
    /// </remarks>
    public bool RemovesStaleFiles { get; init; }

    /// <inheritdoc/>
    public string Name => "unix";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.HalfClose;

    /// <inheritdoc/>
    public bool IsFor(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint;

    /// <inheritdoc/>
    public ListenResult Listen(EndPoint endPoint, int backlog) => PathBinding.Bind(
        endPoint,
        RemovesStaleFiles,
        () => _streams.Listen(endPoint, backlog),
        opened => opened.Result,
        why => new ListenResult(null, why));

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        _streams.ConnectAsync(endPoint, local: null, timeout, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken) =>
        _streams.ConnectAsync(endPoint, local, timeout, cancellationToken);
}
