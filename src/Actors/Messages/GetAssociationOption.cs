using Handoff.Transport.Sctp;

namespace Handoff.Messages;

/// <summary>
/// Reads an option, as <see cref="SetAssociationOption"/> sets it. Answered by <see cref="AssociationOptionValue"/>,
/// or by <see cref="Refused"/> as that.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Kind">Which option.</param>
public sealed record GetAssociationOption(SocketHandle Handle, SctpOptionKind Kind) : ISocketCommand;
