namespace Handoff.Messages;

/// <summary>
/// Everything before the position has been dealt with and is never delivered again; returns credit where the reading
/// is <see cref="Reading.Active"/>. Refused with <c>EEBADDATA</c> for a position that was not delivered yet.
/// </summary>
/// <param name="Handle">The owner's authority.</param>
/// <param name="Position">
/// A position up to which bytes or messages were delivered: <c>Received.End</c> or <c>ReceivedFrom.End</c> for all of
/// it.
/// </param>
public sealed record Consumed(SocketHandle Handle, long Position) : ISocketCommand;
