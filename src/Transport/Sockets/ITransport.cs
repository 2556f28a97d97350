using System.Net;

namespace Handoff.Transport.Sockets;

/// <summary>A kind of connection: how to listen for one and how to make one.</summary>
public interface ITransport
{
    /// <summary>The name that configuration and telemetry use: "tcp", "memory".</summary>
    string Name { get; }

    /// <summary>What it can do.</summary>
    TransportCapabilities Capabilities { get; }

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
}
