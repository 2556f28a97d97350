using System.Net;
using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// To the owner of a one-to-many socket: the association that its <see cref="SendTo"/> was to begin did not come up,
/// and the message is lost. Source: SCTP_CANT_STR_ASSOC of RFC 6458, 6.1.1.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Address">The peer's address, where that is known.</param>
/// <param name="Result"><c>EECONNREFUSED</c>, <c>EETIMEDOUT</c> or <c>EEABORTED</c>.</param>
public sealed record AssociationFailed(SocketHandle Handle, IPEndPoint? Address, SocketResult Result);
