using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// What goes with the descriptor of a connection from process to process, and comes with it.
internal static class Baggage
{
    // No connection comes so far, and what is counted from there does not overflow.
    private const long Furthest = 1L << 62;

    public static QuiescedSocket Of(Detached detached)
    {
        var ends = (detached.IsInputFinished ? SocketEnds.Input : SocketEnds.None)
            | (detached.IsInputShut ? SocketEnds.Shut : SocketEnds.None)
            | (detached.IsOutputFinished ? SocketEnds.Output : SocketEnds.None);
        var baggage = new SocketBaggage(
            detached.Consumed, detached.Written, ends, Queue(detached.Unread), Queue(detached.Unsent));
        return new QuiescedSocket(detached.Descriptor!, baggage);
    }

    public static QuiescedSocket OfListener(SocketDescriptor descriptor) =>
        new(descriptor, new SocketBaggage(0, 0, SocketEnds.None, [], []));

    // What a peer says may be nonsense; null where it makes sense.
    public static SocketResult? Nonsense(SocketBaggage baggage)
    {
        if (baggage.Unread.Count > 1 || baggage.Unsent.Count > 1)
            return new(ResultCode.EEBADDATA, "a stream's bytes came as several messages");
        if (baggage.Unread.Concat(baggage.Unsent).Any(IsNoStream) || (baggage.Ends & SocketEnds.Reset) != 0)
            return new(ResultCode.EEBADDATA, "what came of a stream is a socket's whose unit is a message");
        return baggage.Consumed is < 0 or > Furthest || baggage.Written > Furthest
            || baggage.Written < BytesOf(baggage.Unsent).Length
            ? new(ResultCode.EEBADDATA, $"consumed {baggage.Consumed}, written {baggage.Written} cannot be")
            : null;
    }

    public static SocketResult? NonsenseOfListener(SocketBaggage baggage) =>
        baggage is { Consumed: 0, Written: 0, Ends: SocketEnds.None, Unread.Count: 0, Unsent.Count: 0 }
            ? null
            : new(ResultCode.EEBADDATA, "a listener has nothing to read or to send");

    public static Detached ToConnection(SocketBaggage baggage) =>
        new(baggage.Consumed, baggage.Written, BytesOf(baggage.Unread), BytesOf(baggage.Unsent))
        {
            IsInputFinished = (baggage.Ends & SocketEnds.Input) != 0,
            IsInputShut = (baggage.Ends & SocketEnds.Shut) != 0,
            IsOutputFinished = (baggage.Ends & SocketEnds.Output) != 0,
        };

    private static bool IsNoStream(QueuedMessage bytes) =>
        bytes.Address is not null || bytes.IsTruncated || bytes.Failure is not null;

    private static QueuedMessage[] Queue(ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? [] : [new QueuedMessage(null, bytes)];

    private static ReadOnlyMemory<byte> BytesOf(IReadOnlyList<QueuedMessage> queue) =>
        queue is [var only] ? only.Bytes : default;
}
