using System.Net;

namespace Handoff.Messages;

/// <summary>
/// Told to a one-to-many socket: begins an association with a peer of one or several addresses. Answered by <see
/// cref="Confirmed"/> when it is up, and then the acceptor is offered it as every other; or by <see cref="Refused"/>:
/// <c>EENOADDR</c>, <c>EEBADADDR</c>, <c>EEISCONN</c> (there is one with that peer, here or peeled off),
/// <c>EECONNREFUSED</c>, <c>EETIMEDOUT</c>, <c>EEUNREACH</c>, <c>EECONNECT</c>, <c>EEQUOTA</c> (as many as
/// <c>handoff.connect.max-pending</c> are under way; or nobody accepts what comes up), <c>EEMODENOTSUPP</c> (no
/// one-to-many socket), <c>EESECURITY</c>, <c>EESOCKRLSD</c>, <c>EEBADF</c>. <see cref="SendTo"/> begins one by a
/// message. Source: <c>sctp_connectx</c> of RFC 6458, 9.9.
/// </summary>
/// <param name="Handle">The owner's authority over the one-to-many socket.</param>
/// <param name="Peer">The peer's addresses, all with one port.</param>
public sealed record Associate(SocketHandle Handle, IReadOnlyList<IPEndPoint> Peer) : ISocketCommand
{
    /// <summary>How long it may take; null for <c>handoff.connect.timeout</c>.</summary>
    public TimeSpan? Within { get; init; }
}
