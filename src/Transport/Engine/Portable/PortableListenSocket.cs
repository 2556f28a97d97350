using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Paths;

namespace Handoff.Transport.Engine.Portable;

internal sealed class PortableListenSocket(Socket socket, BoundPath? file) : IListenSocket
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
            return new PortableStreamSocket(accepted, file: null);
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return ResultCode.EEACCEPT; // the peer was gone before we looked
        }
    }

    public SocketResult SetOption(SocketOption option) => PortableOptions.Set(socket, option);

    public OptionResult GetOption(SocketOptionKind kind) => PortableOptions.Get(socket, kind);

    public SocketResult SetRawOption(int level, int name, ReadOnlySpan<byte> value) =>
        PortableOptions.SetRaw(socket, level, name, value);

    public RawOptionResult GetRawOption(int level, int name, int size) =>
        PortableOptions.GetRaw(socket, level, name, size);

    public void Dispose()
    {
        file?.Remove();
        socket.Dispose();
    }
}
