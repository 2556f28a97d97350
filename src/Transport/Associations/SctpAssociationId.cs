namespace Handoff.Transport.Associations;

/// <summary>
/// The number of an association (<c>sctp_assoc_t</c>: RFC 6458, 1.2). It means something together with the socket
/// that told it, stays the same when the association is peeled off, and may be used again after the association has
/// ended. The default value is no association.
/// </summary>
/// <param name="Value">The number, as the stack has it.</param>
public readonly record struct SctpAssociationId(int Value);
