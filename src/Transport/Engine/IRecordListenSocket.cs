using System.Net;

namespace Handoff.Transport.Engine;

/// <summary>
/// A listening socket whose connections are of records. One accept may be in flight at a time. Dispose closes it and
/// is idempotent.
/// </summary>
public interface IRecordListenSocket : ISocketOptions, IDisposable
{
    /// <summary>The address that it listens on.</summary>
    EndPoint LocalEndPoint { get; }

    /// <summary>Takes the next waiting connection, as <see cref="IListenSocket.AcceptAsync"/> does.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait with <see cref="ResultCode.EEINTR"/>; no connection is lost.
    /// </param>
    ValueTask<SocketOr<IDatagramSocket>> AcceptAsync(CancellationToken cancellationToken);
}
