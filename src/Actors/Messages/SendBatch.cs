namespace Handoff.Messages;

/// <summary>
/// Told to a target that was opened with <see cref="OpenPeer.IsBatch"/>: as soon as so many sockets are on offer to
/// it, it carries all that are to the other process, in one move: all of them, or none. Each owner is told its own
/// outcome, and then the sender <see cref="BatchSent"/>: <c>EETIMEDOUT</c> where fewer are on offer inside
/// <c>handoff.handles.answer-timeout</c>. One batch at a time (<c>EEBUSY</c>).
/// </summary>
/// <param name="Sockets">How many were released to it, and not refused; at least 1.</param>
public sealed record SendBatch(int Sockets);
