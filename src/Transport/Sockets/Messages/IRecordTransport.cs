using System.Net;

namespace Handoff.Transport.Sockets.Messages;

/// <summary>
/// A kind of connection whose unit is a record. It has no streams: <see cref="ITransport.Listen"/> and
/// <see cref="ITransport.ConnectAsync(EndPoint, TimeSpan, CancellationToken)"/> answer
/// <see cref="ResultCode.EEMODENOTSUPP"/>.
/// </summary>
public interface IRecordTransport : ITransport
{
    /// <summary>Binds and listens.</summary>
    /// <param name="endPoint">Where; a path must be free.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <returns>
    /// A listener, owned by the caller; or <see cref="ResultCode.EEBADADDR"/>, <see cref="ResultCode.EEADDRINUSE"/>,
    /// <see cref="ResultCode.EEBIND"/>, <see cref="ResultCode.EELISTEN"/>, <see cref="ResultCode.EENOSOCKS"/>,
    /// <see cref="ResultCode.EEMODENOTSUPP"/> (the engine has no records).
    /// </returns>
    RecordListenResult ListenRecords(EndPoint endPoint, int backlog);

    /// <summary>Connects.</summary>
    /// <param name="endPoint">Where to.</param>
    /// <param name="timeout">The bound on the wait for a listener that has no room; not infinite.</param>
    /// <param name="cancellationToken">Gives up with <see cref="ResultCode.EEINTR"/>.</param>
    /// <returns>
    /// A connection that is not started yet, owned by the caller; or <see cref="ResultCode.EEBADADDR"/>,
    /// <see cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EETIMEDOUT"/>, <see
    /// cref="ResultCode.EENOSOCKS"/>, <see cref="ResultCode.EECONNECT"/>, <see cref="ResultCode.EEMODENOTSUPP"/>.
    /// </returns>
    ValueTask<OpenResult> ConnectRecordsAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken);

    /// <inheritdoc/>
    ListenResult ITransport.Listen(EndPoint endPoint, int backlog) => new(null, NoStreams(Name));

    /// <inheritdoc/>
    ValueTask<ConnectResult> ITransport.ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken) =>
        new(new ConnectResult(null, NoStreams(Name)));

    private static SocketResult NoStreams(string name) =>
        new(ResultCode.EEMODENOTSUPP, $"{name}: its connections are of records, and no streams");
}
