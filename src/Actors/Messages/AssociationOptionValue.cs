using Handoff.Transport.Sctp;

namespace Handoff.Messages;

/// <summary>The answer to <see cref="GetAssociationOption"/>.</summary>
/// <param name="Command">The command, as it was sent.</param>
/// <param name="Option">The option and its value now.</param>
public sealed record AssociationOptionValue(GetAssociationOption Command, SctpOption Option);
