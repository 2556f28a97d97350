namespace Handoff.Messages;

/// <summary>
/// From the next bytes on, what a connection receives stays in the system until its owner has consumed it, so that a
/// crash of the process loses none of it where somebody keeps the connection (<c>docs/keeper.md</c>); or no longer so.
/// It stays so for every later owner in this process. At most <c>handoff.io.durable-buffer</c> bytes wait like this:
/// an owner that waits for more of them at once, with none consumed, has its connection closed with <c>EEMSGSIZE</c>.
/// Answered by <see cref="Confirmed"/>, or by <see cref="Refused"/>: <c>EESECURITY</c>, <c>EEBADF</c>,
/// <c>EESOCKRLSD</c> (on offer, or on loan), <c>EEBUSY</c> (spliced), <c>EEMODENOTSUPP</c> (no stream connection, or
/// not one of the Linux engine). Source: MSG_PEEK of <c>recv(2)</c>, SO_PEEK_OFF of <c>socket(7)</c>.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="IsOn">Whether to read so from now on.</param>
public sealed record ReadDurably(SocketHandle Handle, bool IsOn) : ISocketCommand;
