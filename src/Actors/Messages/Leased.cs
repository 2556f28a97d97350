using Handoff.Transport.Sockets;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="ReadBy"/> a lease.</summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Lease">The pipes; what was delivered by messages and not consumed comes first.</param>
public sealed record Leased(SocketHandle Handle, SocketLease Lease);
