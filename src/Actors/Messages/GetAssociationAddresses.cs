namespace Handoff.Messages;

/// <summary>
/// Asks for the addresses of both ends of an association, or for the local ones of a one-to-many socket. Answered by
/// <see cref="AssociationAddresses"/>, or by <see cref="Refused"/>: <c>EENOTCONN</c> (it has ended),
/// <c>EEMODENOTSUPP</c> (no SCTP), <c>EESECURITY</c>, <c>EESOCKRLSD</c>, <c>EEBADF</c>. Source:
/// <c>sctp_getpaddrs</c> and <c>sctp_getladdrs</c> of RFC 6458, 9.3 and 9.5.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
public sealed record GetAssociationAddresses(SocketHandle Handle) : ISocketCommand;
