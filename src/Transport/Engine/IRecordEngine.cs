using System.Net;

namespace Handoff.Transport.Engine;

/// <summary>Makes connections of records (<c>unix(7)</c>, SOCK_SEQPACKET); beside <see cref="IEngine"/>.</summary>
public interface IRecordEngine
{
    /// <summary>Binds and listens.</summary>
    /// <param name="endPoint">Where; the path must be free.</param>
    /// <param name="backlog">How many connections may wait to be accepted; the system may round it.</param>
    /// <returns>A listener, owned by the caller; or a code as for a stream.</returns>
    SocketOr<IRecordListenSocket> ListenRecords(EndPoint endPoint, int backlog);

    /// <summary>Connects.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="timeout">The bound on the wait.</param>
    /// <param name="timeProvider">The clock that the bound is measured on.</param>
    /// <param name="cancellationToken">Gives up with <see cref="ResultCode.EEINTR"/>.</param>
    /// <returns>A connection, owned by the caller; or a code as for a stream.</returns>
    ValueTask<SocketOr<IDatagramSocket>> ConnectRecordsAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken);
}
