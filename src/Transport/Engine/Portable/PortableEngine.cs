using System.Net;
using System.Net.Sockets;

namespace Handoff.Transport.Engine.Portable;

/// <summary>
/// Sockets by System.Net.Sockets: any system that .NET runs on, no passing of descriptors. Descriptors are closed on
/// exec, streams send without delay (TCP_NODELAY), no socket is of both IP versions.
/// </summary>
public sealed class PortableEngine : IEngine, IDatagramEngine
{
    /// <inheritdoc/>
    public SocketOr<IListenSocket> Listen(EndPoint endPoint, int backlog)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(backlog, 1);
        if (endPoint is not IPEndPoint) return ResultCode.EEBADADDR;
        var isBound = false;
        Socket? socket = null;
        try
        {
            socket = Make(endPoint);
            socket.Bind(endPoint); // sets SO_REUSEADDR on Unix; the option of that name would set SO_REUSEPORT too
            isBound = true;
            socket.Listen(backlog);
            return new PortableListenSocket(socket);
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            if (socket is null && failure.SocketErrorCode is SocketError.AccessDenied) return ResultCode.EESOCKET;
            var code = SocketErrorCodes.OfListen(failure.SocketErrorCode);
            return isBound && code is ResultCode.EEBIND ? ResultCode.EELISTEN : code;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (endPoint is not IPEndPoint) return ResultCode.EEBADADDR;
        Socket? socket = null;
        using var late = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            socket = Make(endPoint);
            await socket.ConnectAsync(endPoint, either.Token).ConfigureAwait(false);
            return new PortableStreamSocket(socket);
        }
        catch (OperationCanceledException)
        {
            socket?.Dispose();
            return cancellationToken.IsCancellationRequested ? ResultCode.EEINTR : ResultCode.EETIMEDOUT;
        }
        catch (SocketException failure)
        {
            socket?.Dispose();
            return SocketErrorCodes.OfConnect(failure.SocketErrorCode);
        }
    }

    /// <inheritdoc/>
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DatagramOpening.Open(local, remote, options);
    }

    private static Socket Make(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (endPoint.AddressFamily is AddressFamily.InterNetworkV6) socket.DualMode = false;
        return socket;
    }
}
