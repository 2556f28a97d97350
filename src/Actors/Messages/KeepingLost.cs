using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// To the owner of a socket that was kept: nobody keeps it any more, because the keeper has ended or does not answer.
/// Otherwise the socket goes on as before; <see cref="Keep"/> has it kept again, and connects again for that. It comes
/// within <c>handoff.keeper.check-interval</c> and <c>handoff.keeper.answer-timeout</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Result">Why, by code: <c>EENOTCONN</c>, <c>EERESET</c>, <c>EETIMEDOUT</c>.</param>
public sealed record KeepingLost(SocketHandle Handle, SocketResult Result);
