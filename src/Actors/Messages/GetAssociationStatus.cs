namespace Handoff.Messages;

/// <summary>
/// Asks for the state of an association. Answered by <see cref="AssociationStatus"/>, or by <see cref="Refused"/>:
/// <c>EENOTCONN</c> (it has ended), <c>EEINVAL</c> (a one-to-many socket has none), <c>EEMODENOTSUPP</c> (no SCTP),
/// <c>EESECURITY</c>, <c>EESOCKRLSD</c>, <c>EEBADF</c>. Source: SCTP_STATUS of RFC 6458, 8.2.1.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
public sealed record GetAssociationStatus(SocketHandle Handle) : ISocketCommand;
