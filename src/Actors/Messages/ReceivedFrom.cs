using Handoff.Transport.Sockets.Messages;

namespace Handoff.Messages;

/// <summary>
/// A message of a datagram socket, or a record, for an owner that reads by messages. It is consumed by <see
/// cref="Consumed"/> and by nothing else: what was not consumed is delivered again, to the next owner, or to the same
/// one after <see cref="Reattach"/> or revert. From its <see cref="Release"/> until <see cref="ReleaseFailed"/> an
/// owner ignores it.
/// </summary>
/// <param name="Handle">The owner's authority, for the answer.</param>
/// <param name="Position">How many messages (and failures) came before it since the socket was opened.</param>
/// <param name="Bytes">A copy that is the receiver's; may be empty.</param>
/// <param name="Facts">Who sent it, and what else is known of it.</param>
public sealed record ReceivedFrom(
    SocketHandle Handle, long Position, ReadOnlyMemory<byte> Bytes, MessageFacts Facts)
{
    /// <summary>The position behind it: what <see cref="Consumed"/> says of it and of all before it.</summary>
    public long End => Position + 1;
}
