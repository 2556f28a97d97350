using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets.Messages;

// A socket whose unit is a message and that nobody holds, as a value: what the kernel has of it, and beside that all
// that it has not. Consumed and Written are positions in messages, of all owners so far; the bytes are copies.
internal sealed record DetachedMessages(
    long Consumed,
    long Written,
    IReadOnlyList<MessageResult> Unread,
    IReadOnlyList<MessageResult> Unsent)
{
    // Lent by who detached it; a value that came from another process has none.
    public SocketDescriptor? Descriptor { get; init; }

    // Of records: the peer's end is behind the unread ones.
    public bool IsInputFinished { get; init; }

    // Of records: the reset was told, which is only once, and the end that follows is its.
    public bool IsReset { get; init; }

    // Of records: an end is behind the unsent ones, or has been sent.
    public bool IsOutputFinished { get; init; }
}
