using System.Net;

namespace Handoff.Transport.Engine.Linux;

// A listener accepts a stream and a connection of records alike; what it brings is read and sent otherwise.
internal sealed class LinuxRecordListenSocket(LinuxListenSocket listener) : IRecordListenSocket
{
    public EndPoint LocalEndPoint => listener.LocalEndPoint;

    public async ValueTask<SocketOr<IDatagramSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        var (socket, code) = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        return socket is LinuxStreamSocket accepted ? accepted.ByRecords() : code;
    }

    public void Dispose() => listener.Dispose();
}
