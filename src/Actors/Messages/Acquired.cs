using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Messages;

/// <summary>
/// To a new owner, or to one that sent <see cref="Reattach"/>: the socket is yours, from its first unconsumed byte on.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Facts">What the socket is.</param>
/// <param name="Lease">
/// The pipes, for who reads by lease; null for who reads by messages, for sockets whose unit is a message and for
/// listeners.
/// </param>
/// <param name="Consumed">
/// Bytes (of datagrams and records, messages) that all owners have consumed so far: the position of the first unread
/// one.
/// </param>
/// <param name="Written">Bytes (or messages) that were accepted so far, of all owners.</param>
public sealed record Acquired(SocketHandle Handle, SocketFacts Facts, SocketLease? Lease, long Consumed, long Written)
{
    /// <summary>The lease of a datagram socket or of a connection of records, for who reads by lease; else
    /// null.</summary>
    public MessageLease? Messages { get; init; }

    /// <summary>What the giver sent along, to whoever got the socket by its name or from another process; else null,
    /// as it came with <see cref="Offered"/>.</summary>
    public object? Attachment { get; init; }
}
