using Handoff.Transport.Sockets.Messages;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="ReadBy"/> a lease, where the socket's unit is a message.</summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Messages">The lease; what was delivered by messages and not consumed comes first.</param>
public sealed record MessagesLeased(SocketHandle Handle, MessageLease Messages);
