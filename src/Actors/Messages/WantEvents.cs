using Handoff.Transport.Associations;

namespace Handoff.Messages;

/// <summary>
/// Chooses what is told of an association beside its messages, for every later owner too: as
/// <see cref="AssociationEvent"/>, or by a lease as <c>MessageKind.Event</c>, in order among the messages. That its
/// peer began anew is always told; how it ends is told by <see cref="Closed"/>. Answered by <see cref="Confirmed"/>,
/// or by <see cref="Refused"/>: <c>EEMODENOTSUPP</c> (no association), <c>EESECURITY</c>, <c>EESOCKRLSD</c>,
/// <c>EEBADF</c>. Source: SCTP_EVENT of RFC 6458, 6.2.2.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Kinds">Those that are told from now on, and no others.</param>
public sealed record WantEvents(SocketHandle Handle, SctpEventKinds Kinds) : ISocketCommand;
