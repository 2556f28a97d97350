using System.Net;

namespace Handoff.Transport.Engine;

/// <summary>Makes datagram sockets; beside <see cref="IEngine"/>, which makes streams.</summary>
public interface IDatagramEngine
{
    /// <summary>Opens a socket: binds it, or fixes its peer, or both.</summary>
    /// <param name="local">
    /// Where to receive; port 0 lets the system choose; null leaves all of it to the system.
    /// </param>
    /// <param name="remote">The one peer, to whom it sends and from whom alone it receives; null for anybody.</param>
    /// <param name="options">What it is given.</param>
    /// <returns>
    /// A socket, owned by the caller; or, in LPC's order, <see cref="ResultCode.EENOADDR"/> (neither is named),
    /// <see cref="ResultCode.EEMODENOTSUPP"/> (this engine has no such datagrams), <see cref="ResultCode.EESOCKET"/>,
    /// <see cref="ResultCode.EENOSOCKS"/>, <see cref="ResultCode.EESETSOCKOPT"/>, <see cref="ResultCode.EEBADADDR"/>,
    /// <see cref="ResultCode.EEADDRINUSE"/>, <see cref="ResultCode.EEBIND"/>, <see cref="ResultCode.EECONNREFUSED"/>,
    /// <see cref="ResultCode.EECONNECT"/>, <see cref="ResultCode.EEGETSOCKNAME"/>.
    /// </returns>
    SocketOr<IDatagramSocket> OpenDatagram(EndPoint? local, EndPoint? remote, DatagramOptions options);
}
