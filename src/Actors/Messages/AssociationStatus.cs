using Handoff.Transport.Sctp;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="GetAssociationStatus"/>.</summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Status">What the stack says of it now.</param>
public sealed record AssociationStatus(GetAssociationStatus Command, SctpStatus Status);
