using System.Net;
using System.Net.Sockets;
using Handoff.Transport.Engine.Paths;

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
        if (!IsAddress(endPoint)) return ResultCode.EEBADADDR;
        var isBound = false;
        BoundPath? file = null;
        Socket? socket = null;
        try
        {
            socket = Make(endPoint);
            socket.Bind(Bindable(endPoint)); // sets SO_REUSEADDR on Unix; the option of that name does more
            isBound = true;
            file = BoundPath.Of(endPoint);
            socket.Listen(backlog);
            return new PortableListenSocket(socket, file);
        }
        catch (SocketException failure)
        {
            file?.Remove();
            socket?.Dispose();
            if (socket is null && failure.SocketErrorCode is SocketError.AccessDenied) return ResultCode.EESOCKET;
            var code = SocketErrorCodes.OfListen(failure.SocketErrorCode);
            return isBound && code is ResultCode.EEBIND ? ResultCode.EELISTEN : code;
        }
    }

    /// <inheritdoc/>
    public ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint, TimeSpan timeout, TimeProvider timeProvider, CancellationToken cancellationToken) =>
        ConnectAsync(endPoint, local: null, timeout, timeProvider, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<SocketOr<IStreamSocket>> ConnectAsync(
        EndPoint endPoint,
        EndPoint? local,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (!IsAddress(endPoint)) return ResultCode.EEBADADDR;
        if (local is not null && (!IsAddress(local) || local.AddressFamily != endPoint.AddressFamily))
            return ResultCode.EEBADADDR;
        using var turns = new Turns(timeout, timeProvider, cancellationToken);
        while (true)
        {
            var connected = await ConnectOnceAsync(endPoint, local, turns).ConfigureAwait(false);
            if (connected.Code is not ResultCode.EEWOULDBLOCK) return connected;
            if (await turns.NextAsync().ConfigureAwait(false) is { } over) return over;
        }
    }

    /// <inheritdoc/>
    public SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return DatagramOpening.Open(local, remote, options);
    }

    // EEWOULDBLOCK: a Unix socket that has no room. A socket that has failed once cannot try again.
    private static async ValueTask<SocketOr<IStreamSocket>> ConnectOnceAsync(
        EndPoint endPoint, EndPoint? local, Turns turns)
    {
        Socket? socket = null;
        BoundPath? file = null;
        ResultCode code;
        var isBound = local is null;
        try
        {
            socket = Make(endPoint);
            if (local is not null)
            {
                socket.Bind(Bindable(local));
                isBound = true;
                file = BoundPath.Of(local);
            }

            await socket.ConnectAsync(endPoint, turns.Token).ConfigureAwait(false);
            return new PortableStreamSocket(socket, file);
        }
        catch (OperationCanceledException)
        {
            code = turns.Over;
        }
        catch (SocketException failure)
        {
            code = Code(failure.SocketErrorCode, endPoint, local, isBound || socket is null);
        }

        file?.Remove();
        socket?.Dispose();
        return code;
    }

    private static ResultCode Code(SocketError error, EndPoint to, EndPoint? local, bool isBound) => error switch
    {
        _ when !isBound => SocketErrorCodes.OfListen(error),
        _ when to is UnixDomainSocketEndPoint => SocketErrorCodes.OfKnock(error),

        // Of the two addresses together there is a connection already.
        SocketError.AddressNotAvailable when local is not null => ResultCode.EEADDRINUSE,
        _ => SocketErrorCodes.OfConnect(error),
    };

    private static bool IsAddress(EndPoint endPoint) => endPoint is IPEndPoint
        || (endPoint is UnixDomainSocketEndPoint && UnixName.IsName(endPoint));

    private static EndPoint Bindable(EndPoint endPoint) =>
        endPoint is UnixDomainSocketEndPoint ? new BindPoint(endPoint) : endPoint;

    private static Socket Make(EndPoint endPoint)
    {
        var isUnix = endPoint.AddressFamily is AddressFamily.Unix;
        var socket = new Socket(
            endPoint.AddressFamily, SocketType.Stream, isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp);
        if (endPoint.AddressFamily is AddressFamily.InterNetworkV6) socket.DualMode = false;
        return socket;
    }
}
