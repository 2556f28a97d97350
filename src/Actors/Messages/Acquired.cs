using Handoff.Transport.Sockets;

namespace Handoff.Messages;

/// <summary>
/// To a new owner, or to one that sent <see cref="Reattach"/>: the socket is yours, from its first unconsumed byte on.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Facts">What the socket is.</param>
/// <param name="Lease">The pipes, for who reads by lease; null for who reads by messages, and for listeners.</param>
/// <param name="Consumed">Bytes that all owners have consumed so far; the first unread byte has this position.</param>
/// <param name="Written">Bytes that were accepted so far, of all owners.</param>
public sealed record Acquired(SocketHandle Handle, SocketFacts Facts, SocketLease? Lease, long Consumed, long Written);
