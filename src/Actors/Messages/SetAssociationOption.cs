using Handoff.Transport.Sctp;

namespace Handoff.Messages;

/// <summary>
/// Sets an option of an association; of a one-to-many socket, of itself and of the associations to come. Answered by
/// <see cref="Confirmed"/>, or by <see cref="Refused"/>: <c>EEINVAL</c> (a value out of its bounds),
/// <c>EEMODENOTSUPP</c> (the back end or the style has it not, or this is no SCTP), <c>EENOTCONN</c>,
/// <c>EESETSOCKOPT</c>, <c>EESECURITY</c>, <c>EESOCKRLSD</c>, <c>EEBADF</c>. Source: RFC 6458, 8.1.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Option">The option and its value.</param>
public sealed record SetAssociationOption(SocketHandle Handle, SctpOption Option) : ISocketCommand;
