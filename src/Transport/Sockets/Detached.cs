using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

// A connection that nobody holds, as a value: what the kernel has of it, and beside that all that it has not. Consumed
// and Written are positions in bytes, of all owners so far.
internal sealed record Detached(
    long Consumed,
    long Written,
    ReadOnlyMemory<byte> Unread,
    ReadOnlyMemory<byte> Unsent)
{
    // Lent by who detached it; a value that came from another process has none.
    public SocketDescriptor? Descriptor { get; init; }

    // The peer's FIN is behind the unread bytes.
    public bool IsInputFinished { get; init; }

    // An owner takes no more: what comes is dropped.
    public bool IsInputShut { get; init; }

    // A FIN is behind the unsent bytes, or has been sent.
    public bool IsOutputFinished { get; init; }
}
