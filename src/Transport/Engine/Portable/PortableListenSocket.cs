using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

internal sealed class PortableListenSocket(Socket socket) : IListenSocket
{
    public EndPoint LocalEndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<SocketOr<IStreamSocket>> AcceptAsync(CancellationToken cancellationToken)
    {
        Socket accepted;
        try
        {
            accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return ResultCode.EEINTR;
        }
        catch (SocketException failure)
        {
            return SocketErrorCodes.OfAccept(failure.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            return ResultCode.EEBADF;
        }

        try
        {
            return new PortableStreamSocket(accepted);
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return ResultCode.EEACCEPT; // the peer was gone before we looked
        }
    }

    public void Dispose() => socket.Dispose();
}
