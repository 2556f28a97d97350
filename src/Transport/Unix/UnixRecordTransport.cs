using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Paths;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Unix;

/// <summary>
/// Connections of records between processes of one host (<c>unix(7)</c>, SOCK_SEQPACKET): listened for, connected and
/// accepted as streams are, and read and sent by messages. The end of the peer is an end.
/// </summary>
/// <remarks>
/// Linux tells an empty record from an end by nothing, so that an empty one is refused where it is sent
/// (<see cref="ResultCode.EEBADDATA"/>), and taken for the end where another program sent one. A peer that closes with
/// records unread resets the connection: what it had sent is still read, and then <see cref="ResultCode.EERESET"/>.
/// </remarks>
public sealed class UnixRecordTransport : IRecordTransport
{
    private readonly IRecordEngine? _engine;
    private readonly MessageOptions _options;

    /// <summary>A transport on an engine; where that has no records every call answers
    /// <see cref="ResultCode.EEMODENOTSUPP"/>.</summary>
    /// <param name="engine">Makes the sockets.</param>
    /// <param name="options">What each connection is given.</param>
    public UnixRecordTransport(IDatagramEngine engine, MessageOptions options)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(options);
        _engine = engine as IRecordEngine;
        _options = options;
    }

    /// <summary>
    /// Whether listening removes the file of a socket that refuses a connect, because the process that made it is
    /// dead, as <see cref="UnixTransport.RemovesStaleFiles"/> says. Default: no, and the address is in use.
    /// </summary>
    public bool RemovesStaleFiles { get; init; }

    /// <inheritdoc/>
    public string Name => "unix-record";

    /// <inheritdoc/>
    public TransportCapabilities Capabilities => TransportCapabilities.HalfClose;

    /// <inheritdoc/>
    public RecordListenResult ListenRecords(EndPoint endPoint, int backlog)
    {
        if (_engine is null) return new RecordListenResult(null, NoRecords());
        if (!UnixName.IsName(endPoint)) return new RecordListenResult(null, NotAName(endPoint));
        return PathBinding.Bind(
            endPoint,
            RemovesStaleFiles,
            () => Open(_engine, endPoint, backlog),
            opened => opened.Result,
            why => new RecordListenResult(null, why));
    }

    /// <inheritdoc/>
    public async ValueTask<OpenResult> ConnectRecordsAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero); // an infinite one is no bound
        if (_engine is null) return new OpenResult(null, NoRecords());
        if (!UnixName.IsName(endPoint)) return new OpenResult(null, NotAName(endPoint));
        var (socket, code) = await _engine
            .ConnectRecordsAsync(endPoint, timeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return socket is null
            ? new OpenResult(null, EngineStreams.Failure(code, endPoint))
            : new OpenResult(new MessageSocket(socket, _options));
    }

    private RecordListenResult Open(IRecordEngine engine, EndPoint endPoint, int backlog)
    {
        var (socket, code) = engine.ListenRecords(endPoint, backlog);
        return socket is null
            ? new RecordListenResult(null, EngineStreams.Failure(code, endPoint))
            : new RecordListenResult(new RecordListener(socket, _options), SocketResult.Success);
    }

    private static SocketResult NoRecords() => new(ResultCode.EEMODENOTSUPP, "this engine has no records");

    private static SocketResult NotAName(EndPoint endPoint)
        => EngineStreams.Failure(ResultCode.EEBADADDR, $"'{endPoint}' {UnixName.Otherwise}");
}
