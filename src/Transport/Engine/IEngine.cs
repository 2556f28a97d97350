using System.Net;

namespace Handoff.Transport.Engine;

/// <summary>
/// Makes sockets: the one interface between this assembly and an operating system, or something like one.
/// </summary>
public interface IEngine
{
    /// <summary>Binds and listens.</summary>
    /// <param name="endPoint">Where; port 0 lets the system choose. The path of a Unix socket must be free.</param>
    /// <param name="backlog">How many connections may wait to be accepted; the system may round it.</param>
    /// <returns>
    /// A listener, owned by the caller; or <see cref="ResultCode.EEBADADDR"/>, <see cref="ResultCode.EEADDRINUSE"/>,
    /// <see cref="ResultCode.EEBIND"/>, <see cref="ResultCode.EELISTEN"/>, <see cref="ResultCode.EENOSOCKS"/>,
    /// <see cref="ResultCode.EESOCKET"/>.
    /// </returns>
    SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog);

    /// <summary>Connects.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="timeout">The bound on the wait.</param>
    /// <param name="timeProvider">The clock that the bound is measured on.</param>
    /// <param name="cancellationToken">Gives up with <see cref="ResultCode.EEINTR"/>.</param>
    /// <returns>
    /// A connection, owned by the caller; or <see cref="ResultCode.EEBADADDR"/>, <see
    /// cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EETIMEDOUT"/>, <see cref="ResultCode.EEUNREACH"/>,
    /// <see cref="ResultCode.EENOSOCKS"/>, <see cref="ResultCode.EECONNECT"/> for the rest.
    /// </returns>
    ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken);

    /// <summary>Binds to a local address and connects from there.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="local">From where: port 0 lets the system choose; null leaves all of it to the system.</param>
    /// <param name="timeout">The bound on the wait.</param>
    /// <param name="timeProvider">The clock that the bound is measured on.</param>
    /// <param name="cancellationToken">Gives up with <see cref="ResultCode.EEINTR"/>.</param>
    /// <returns>
    /// As without a local address; or <see cref="ResultCode.EEADDRINUSE"/>, <see cref="ResultCode.EEBIND"/>,
    /// <see cref="ResultCode.EEBADADDR"/> (also where the two are of different families),
    /// <see cref="ResultCode.EEMODENOTSUPP"/> (this engine cannot).
    /// </returns>
    ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint,
        EndPoint? local,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken) => local is null
        ? ConnectAsync(endPoint, timeout, timeProvider, cancellationToken)
        : new(ResultCode.EEMODENOTSUPP);
}
