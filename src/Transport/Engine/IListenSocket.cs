using System.Net;

namespace Handoff.Transport.Engine;

/// <summary>
/// A listening stream socket. One accept may be in flight at a time. Dispose closes it and is idempotent; the file of
/// a Unix socket goes with it, if it is still the one that was bound. Accepted TCP sockets begin with its options.
/// </summary>
public interface IListenSocket : ISocketOptions, IDisposable
{
    /// <summary>The address that it listens on, with the port that the system chose.</summary>
    EndPoint LocalEndPoint { get; }

    /// <summary>Takes the next waiting connection.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait with <see cref="ResultCode.EEINTR"/>; no connection is lost.
    /// </param>
    /// <returns>
    /// A connection, owned by the caller; or <see cref="ResultCode.EENOSOCKS"/> (no descriptor left: pause, then go
    /// on), <see cref="ResultCode.EEACCEPT"/> (this one connection was lost: go on), <see cref="ResultCode.EEBADF"/>
    /// (the listener is closed).
    /// </returns>
    ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken);
}
