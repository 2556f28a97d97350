using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp;

// A one-to-one style listener. One accept may be in flight at a time. Dispose closes it, any thread, any time: the
// accept in flight ends with EEBADF, who waited to be accepted is aborted, and what was accepted lives on.
internal interface ISctpListenSocket : IDisposable
{
    // Its addresses, with the port that the system chose; readable after close too.
    IReadOnlyList<IPEndPoint> LocalEndPoints { get; }

    // EEINTR where it is cancelled, EENOSOCKS (pause, and go on), EEACCEPT (this one was lost: go on), EEBADF.
    ValueTask<SocketOr<ISctpSocket>> AcceptAsync(CancellationToken cancellationToken);
}
