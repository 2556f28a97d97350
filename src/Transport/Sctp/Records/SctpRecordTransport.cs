using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp.Endpoints;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Transport.Sctp.Records;

// Associations as connections of records. Whoever listens has a one-to-many socket ("sctp"), or one of the one-to-one
// style ("sctp-one-to-one"); whoever connects has the latter.
internal sealed class SctpRecordTransport(
    SctpSource source, SctpStyle style, SctpSocketOptions sctp, EndpointOptions endpoint, MessageOptions options)
    : IRecordTransport
{
    public string Name => style is SctpStyle.OneToMany ? "sctp" : "sctp-one-to-one";

    // None where there is no back end.
    public TransportCapabilities Capabilities =>
        source().Backend?.Capabilities.HasFlag(SctpCapabilities.Passes) ?? false
            ? TransportCapabilities.PassDescriptors
            : TransportCapabilities.None;

    public RecordListenResult ListenRecords(EndPoint endPoint, int backlog)
    {
        if (endPoint is not IPEndPoint place) return new RecordListenResult(null, NotAPlace(endPoint));
        var (backend, result) = source();
        if (backend is null) return new RecordListenResult(null, result);
        var (socket, code) = style is SctpStyle.OneToMany
            ? OpenMany(backend, place, backlog)
            : OpenOne(backend, place, backlog);
        return socket is null
            ? new RecordListenResult(null, EngineStreams.Failure(code, endPoint))
            : new RecordListenResult(new RecordListener(socket, options), SocketResult.Success);
    }

    public async ValueTask<OpenResult> ConnectRecordsAsync(
        EndPoint endPoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeout, TimeSpan.Zero); // an infinite one is no bound
        if (endPoint is not IPEndPoint place) return new OpenResult(null, NotAPlace(endPoint));
        var (backend, result) = source();
        if (backend is null) return new OpenResult(null, result);
        var (socket, code) = await backend
            .ConnectAsync([place], [], sctp, timeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return socket is null
            ? new OpenResult(null, EngineStreams.Failure(code, endPoint))
            : new OpenResult(Connection(socket, options));
    }

    // An association that was peeled off: not started yet, owned by the caller.
    public static MessageSocket Connection(ISctpSocket socket, MessageOptions options) =>
        new(SctpRecordSocket.Of(socket), options);

    private SocketOr<IRecordListenSocket> OpenMany(ISctpBackend backend, IPEndPoint place, int backlog)
    {
        var (socket, code) = backend.Open([place], sctp);
        if (socket is null) return code;
        var listening = socket.Listen(backlog);
        if (listening.IsSuccess)
            return new SctpEndpointListener(new SctpEndpoint(socket, endpoint with { Backlog = backlog }));
        socket.Dispose();
        return listening.Code;
    }

    private SocketOr<IRecordListenSocket> OpenOne(ISctpBackend backend, IPEndPoint place, int backlog)
    {
        var (listener, code) = backend.Listen([place], backlog, sctp);
        return listener is null ? code : new SctpRecordListener(listener);
    }

    private static SocketResult NotAPlace(EndPoint endPoint) =>
        EngineStreams.Failure(ResultCode.EEBADADDR, $"'{endPoint}' is no address with a port");
}
