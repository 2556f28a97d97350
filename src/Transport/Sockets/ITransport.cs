using System.Net;

namespace Handoff.Transport.Sockets;

/// <summary>A kind of connection: how to listen for one and how to make one.</summary>
public interface ITransport
{
    /// <summary>The name that configuration and telemetry use: "tcp", "unix", "memory".</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    TransportCapabilities Capabilities { get; }

    /// <summary>Whether this is the transport for such an address where nobody names one. Default: no.</summary>
    /// <param name="endPoint">The address.</param>
    bool IsFor(EndPoint endPoint) => false;

    /// <summary>Binds and listens.</summary>
    /// <param name="endPoint">Where; port 0 lets the system choose.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <returns>
    /// A listener, owned by the caller; or <see cref="ResultCode.EEBADADDR"/>, <see cref="ResultCode.EEADDRINUSE"/>,
    /// <see cref="ResultCode.EEBIND"/>, <see cref="ResultCode.EELISTEN"/>, <see cref="ResultCode.EENOSOCKS"/>.
    /// </returns>
    ListenResult Listen(EndPoint endPoint, int backlog);

    /// <summary>Connects.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="timeout">The bound on the wait; not infinite.</param>
    /// <param name="cancellationToken">Gives up with <see cref="ResultCode.EEINTR"/>.</param>
    /// <returns>
    /// A connection that is not started yet, owned by the caller; or <see cref="ResultCode.EEBADADDR"/>,
    /// <see cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EETIMEDOUT"/>, <see
    /// cref="ResultCode.EEUNREACH"/>, <see cref="ResultCode.EENOSOCKS"/>, <see cref="ResultCode.EECONNECT"/>.
    /// </returns>
    ValueTask<ConnectResult> ConnectAsync(EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Binds to a local address and connects from there.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="local">From where: port 0 lets the system choose; null leaves all of it to the system.</param>
    /// <param name="timeout">The bound on the wait; not infinite.</param>
    /// <param name="cancellationToken">Gives up with <see cref="ResultCode.EEINTR"/>.</param>
    /// <returns>
    /// As without a local address; or <see cref="ResultCode.EEADDRINUSE"/>, <see cref="ResultCode.EEBIND"/>,
    /// <see cref="ResultCode.EEMODENOTSUPP"/> (this transport cannot).
    /// </returns>
    ValueTask<ConnectResult> ConnectAsync(
        EndPoint endPoint, EndPoint? local, TimeSpan timeout, CancellationToken cancellationToken) => local is null
        ? ConnectAsync(endPoint, timeout, cancellationToken)
        : new(new ConnectResult(
            null, new SocketResult(ResultCode.EEMODENOTSUPP, $"{Name} connects from no chosen address")));
}
