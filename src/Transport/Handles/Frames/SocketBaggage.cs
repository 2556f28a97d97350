namespace Handoff.Transport.Handles.Frames;

// What goes with one descriptor: all that the kernel does not have. Consumed and Written are positions in bytes (in
// messages, where the socket has them): what the owners so far have read, and what the peer was or will be sent.
internal sealed record SocketBaggage(
    long Consumed,
    long Written,
    SocketEnds Ends,
    IReadOnlyList<QueuedMessage> Unread,
    IReadOnlyList<QueuedMessage> Unsent,
    ReadOnlyMemory<byte> Attachment);
