namespace Handoff.Transport.Handles.Frames;

// What goes with one descriptor: all that the kernel does not have. Consumed and Written are positions in bytes (in
// messages, where the socket has them): what the owners so far have read, and what the peer was or will be sent.
internal sealed record SocketBaggage(
    long Consumed,
    long Written,
    SocketEnds Ends,
    IReadOnlyList<QueuedMessage> Unread,
    IReadOnlyList<QueuedMessage> Unsent)
{
    // Bytes that it takes of a frame.
    public long Size => FrameBounds.SmallestBaggage + SizeOf(Unread) + SizeOf(Unsent);

    private static long SizeOf(IReadOnlyList<QueuedMessage> messages) => messages.Sum(MessageCodec.SizeOf);
}
