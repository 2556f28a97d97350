using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// To the last owner, once: the socket is closed and its actor stops. <c>EESUCCESS</c> for a graceful end by either
/// side,
/// <c>EERESET</c>, <c>EETIMEDOUT</c>, <c>EEABORTED</c>, <c>EESEND</c> or <c>EERECV</c> otherwise.
/// </summary>
/// <param name="Handle">The owner's last authority over it.</param>
/// <param name="Result">How it ended.</param>
public sealed record Closed(SocketHandle Handle, SocketResult Result);
