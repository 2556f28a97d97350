namespace Handoff.Messages;

/// <summary>
/// Bytes for an owner that reads by messages. They are consumed by <see cref="Consumed"/> and by nothing else: what
/// was not consumed is delivered again, to the next owner, or to the same one after <see cref="Reattach"/> or revert.
/// From its <see cref="Release"/> until <see cref="ReleaseFailed"/> an owner ignores it.
/// </summary>
/// <param name="Handle">The owner's authority, for the answer.</param>
/// <param name="Position">The position of the first byte since the connection began.</param>
/// <param name="Bytes">A copy that is the receiver's; at most <c>handoff.io.received-size</c> bytes.</param>
public sealed record Received(SocketHandle Handle, long Position, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The position behind the last byte: what <see cref="Consumed"/> says for all of it.</summary>
    public long End => Position + Bytes.Length;
}
