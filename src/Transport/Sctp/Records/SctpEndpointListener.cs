using System.Net;
using Handoff.Transport.Engine;
using Handoff.Transport.Sctp.Endpoints;

namespace Handoff.Transport.Sctp.Records;

// A one-to-many socket as a listener of connections of records: its associations.
internal sealed class SctpEndpointListener : IRecordListenSocket
{
    public SctpEndpointListener(SctpEndpoint endpoint)
    {
        Endpoint = endpoint;
        endpoint.Start();
    }

    public SctpEndpoint Endpoint { get; }

    public EndPoint LocalEndPoint => Endpoint.Socket.LocalEndPoints[0];

    public async ValueTask<SocketOr<IDatagramSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        var (association, code) = await Endpoint.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return association is null ? code : SctpRecordSocket.Of(association);
    }

    public SocketResult SetOption(SocketOption option) => Endpoint.Socket.SetOption(option);

    public OptionResult GetOption(SocketOptionKind kind) => Endpoint.Socket.GetOption(kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        Endpoint.Socket.SetRawOption(level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        Endpoint.Socket.GetRawOption(level, name, size);

    public void Dispose() => Endpoint.Dispose();
}
