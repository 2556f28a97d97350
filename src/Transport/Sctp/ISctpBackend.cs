using System.Net;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sctp;

// Where SCTP comes from: the kernel, a stack inside the process, or a simulation. All keep what is written here and in
// ISctpSocket; where their own manners differ, the back end levels them. No call throws for what a peer, a network or
// a system can cause, and none waits that does not return a task.
//
// A list of addresses is one endpoint: all have one port (EEBADADDR where not), port 0 lets the system choose one for
// all of them, and an empty list leaves addresses and port to the system. It is bound whole or not at all
// (sctp_bindx: RFC 6458, 9.1).
internal interface ISctpBackend
{
    // "kernel", "usrsctp" or "simulated".
    string Name { get; }

    SctpCapabilities Capabilities { get; }

    // A one-to-many socket, bound, that takes no associations before Listen. EEBADADDR, EEADDRINUSE, EEBIND,
    // EENOSOCKS, EESOCKET, EESETSOCKOPT, EEMODENOTSUPP (an option that this back end has not).
    SocketOr<ISctpSocket> Open(IReadOnlyList<IPEndPoint> local, SctpSocketOptions options);

    // One-to-one style, as TCP has it. Codes as Open, and EELISTEN.
    SocketOr<ISctpListenSocket> Listen(IReadOnlyList<IPEndPoint> local, int backlog, SctpSocketOptions options);

    // One-to-one style: to a peer with one or several addresses (sctp_connectx: RFC 6458, 9.9), from where the system
    // chooses if local is empty. Done when the association is up. EENOADDR (no peer), EEBADADDR, EEADDRINUSE, EEBIND,
    // EECONNREFUSED, EETIMEDOUT, EEUNREACH, EEINTR (cancelled), EENOSOCKS, EECONNECT.
    ValueTask<SocketOr<ISctpSocket>> ConnectAsync(
        IReadOnlyList<IPEndPoint> remote,
        IReadOnlyList<IPEndPoint> local,
        SctpSocketOptions options,
        TimeSpan timeout,
        TimeProvider timeProvider,
        CancellationToken cancellationToken);
}
