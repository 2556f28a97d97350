using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp.Records;

internal sealed class SctpRecordListener(ISctpListenSocket listener) : IRecordListenSocket
{
    public EndPoint LocalEndPoint => listener.LocalEndPoints[0];

    public async ValueTask<SocketOr<IDatagramSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        var (socket, code) = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return socket is null ? code : SctpRecordSocket.Of(socket);
    }

    public void Dispose() => listener.Dispose();
}
