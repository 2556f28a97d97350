using System.Net;

namespace Handoff.Transport.Sockets.Messages;

/// <summary>
/// A kind of datagrams. It neither listens nor connects: both answer <see cref="ResultCode.EEMODENOTSUPP"/>, as LPC's
/// <c>socket_listen(3)</c> and <c>socket_connect(3)</c> do.
/// </summary>
public interface IDatagramTransport : ITransport
{
    /// <summary>Whether this is the transport for such an address where nobody names one. Default: no.</summary>
    /// <param name="endPoint">The address.</param>
    bool IsForDatagrams(EndPoint endPoint) => false;

    /// <summary>Opens a socket: binds it, or fixes its peer, or both.</summary>
    /// <param name="local">
    /// Where to receive; port 0 lets the system choose; null leaves all of it to the system.
    /// </param>
    /// <param name="remote">The one peer, to whom it sends and from whom alone it receives; null for anybody.</param>
    /// <returns>
    /// A socket that is not started yet, owned by the caller; or <see cref="ResultCode.EENOADDR"/> (neither is named),
    /// <see cref="ResultCode.EEBADADDR"/>, <see cref="ResultCode.EEMODENOTSUPP"/> (the engine has no such datagrams),
    /// <see cref="ResultCode.EENOSOCKS"/>, <see cref="ResultCode.EEADDRINUSE"/>, <see cref="ResultCode.EEBIND"/>,
    /// <see cref="ResultCode.EECONNREFUSED"/>, <see cref="ResultCode.EECONNECT"/>, <see cref="ResultCode.EESOCKET"/>,
    /// <see cref="ResultCode.EESETSOCKOPT"/>, <see cref="ResultCode.EEGETSOCKNAME"/>.
    /// </returns>
    OpenResult Open(EndPoint? local, EndPoint? remote);

    /// <summary>
    /// As <see cref="Open"/>, at an address that others may have or take who also say so: each hears what is sent to
    /// a group that it joined.
    /// </summary>
    /// <param name="local">Where to receive.</param>
    /// <param name="remote">The one peer; null for anybody.</param>
    /// <returns>As <see cref="Open"/>; <see cref="ResultCode.EEMODENOTSUPP"/> where no address is shared.</returns>
    OpenResult OpenShared(EndPoint? local, EndPoint? remote) =>
        new(null, new SocketResult(ResultCode.EEMODENOTSUPP, $"{Name}: an address has one socket"));
}
