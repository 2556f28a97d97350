using System.Net;
using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// What goes with the descriptor of a socket whose unit is a message from process to process, and comes with it.
internal static class MessageBaggage
{
    // Far from where a count of messages would end.
    private const long MostPosition = long.MaxValue / 2;

    // Why it cannot be written down; null where it can.
    public static SocketResult? Obstacle(DetachedMessages detached)
    {
        if (detached.Unread.Any(message => message.Kind is MessageKind.Event))
            return new(ResultCode.EEBUSY, "an event of the association waits to be read; they stay in their process");
        var most = Math.Max(detached.Unread.Count, detached.Unsent.Count);
        return most <= FrameBounds.Messages
            ? null
            : new(ResultCode.EEMSGSIZE, $"{most} messages wait; {FrameBounds.Messages} may go along");
    }

    public static QuiescedSocket Of(DetachedMessages detached)
    {
        var ends = (detached.IsInputFinished ? SocketEnds.Input : SocketEnds.None)
            | (detached.IsOutputFinished ? SocketEnds.Output : SocketEnds.None)
            | (detached.IsReset ? SocketEnds.Reset : SocketEnds.None);
        var baggage = new SocketBaggage(
            detached.Consumed, detached.Written, ends, Queue(detached.Unread), Queue(detached.Unsent));
        return new QuiescedSocket(detached.Descriptor!, baggage);
    }

    public static DetachedMessages ToSocket(SocketBaggage baggage) =>
        new(baggage.Consumed, baggage.Written, Messages(baggage.Unread), Messages(baggage.Unsent))
        {
            IsInputFinished = (baggage.Ends & SocketEnds.Input) != 0,
            IsReset = (baggage.Ends & SocketEnds.Reset) != 0,
            IsOutputFinished = (baggage.Ends & SocketEnds.Output) != 0,
        };

    // What a peer says may be nonsense, or more than may wait here; null where it makes sense.
    public static SocketResult? Nonsense(ArrivedSocket arrived, MessageOptions bounds)
    {
        var (facts, baggage) = arrived;
        var isRecords = facts.Kind is HandleKind.Records;
        if (!(isRecords ? IsEndOfRecords(baggage.Ends) : baggage.Ends is SocketEnds.None))
            return new(ResultCode.EEBADDATA, $"the ends {baggage.Ends} are none of a socket of kind {facts.Kind}");
        if (baggage.Consumed > MostPosition || baggage.Written > MostPosition
            || baggage.Written < baggage.Unsent.Count)
        {
            return new(
                ResultCode.EEBADDATA, $"consumed {baggage.Consumed}, written {baggage.Written} cannot be");
        }

        // At the bound a failure is the last word.
        return TooMuch(baggage.Unread, bounds.ReceiveMessages + 1L, bounds.ReceiveBuffer, bounds.MaxMessage)
            ?? TooMuch(baggage.Unsent, bounds.SendMessages, bounds.SendBuffer, bounds.MaxMessage)
            ?? Misfit(facts, baggage, isRecords);
    }

    // A reset that has become the end is a failure, and a socket that has failed does not move.
    private static bool IsEndOfRecords(SocketEnds ends) => (ends & SocketEnds.Shut) == 0
        && (ends & (SocketEnds.Input | SocketEnds.Reset)) is not (SocketEnds.Input | SocketEnds.Reset);

    private static SocketResult? TooMuch(
        IReadOnlyList<QueuedMessage> queue, long mostMessages, long mostBytes, int maxMessage)
    {
        if (queue.Count > mostMessages)
            return new(ResultCode.EEMSGSIZE, $"{queue.Count} messages came; {mostMessages} may wait here");
        var bytes = 0L;
        foreach (var message in queue)
        {
            var length = message.Bytes.Length;
            if (length > maxMessage)
            {
                var why = $"a message of {length} bytes came; handoff.datagram.max-message is {maxMessage}";
                return new(ResultCode.EEMSGSIZE, why);
            }

            // The last one may go over it.
            if (bytes >= mostBytes && length > 0)
                return new(ResultCode.EEMSGSIZE, $"more bytes came than the {mostBytes} that may wait here");
            bytes += length;
        }

        return null;
    }

    private static SocketResult? Misfit(SocketFacts facts, SocketBaggage baggage, bool isRecords)
    {
        if (AssociationBaggage.IsOf(facts)) return AssociationBaggage.Misfit(baggage);
        var family = isRecords ? AddressFamily.Unix : (facts.Local ?? facts.Remote)?.AddressFamily;
        if (family is null) return new(ResultCode.EEBADDATA, "a datagram socket came without an address");
        if (baggage.Unread.Concat(baggage.Unsent).Any(AssociationBaggage.IsOfAssociation))
            return new(ResultCode.EEBADDATA, "what is known of a message is known of those of associations only");
        foreach (var message in baggage.Unread)
        {
            if (message.Address is { } from && from.AddressFamily != family)
                return new(ResultCode.EEBADADDR, $"a message of {from} is none of a socket of {family}");
            if (isRecords && message is { Failure: null, Bytes.IsEmpty: true }) return Empty();
        }

        var hasPeer = isRecords || facts.Remote is not null;
        foreach (var message in baggage.Unsent)
        {
            if (message.Failure is not null || message.IsTruncated)
                return new(ResultCode.EEBADDATA, "what is to be sent is no message");
            if (hasPeer ? message.Address is not null : message.Address?.AddressFamily != family)
                return new(ResultCode.EEBADADDR, $"a message to '{message.Address}' cannot be sent");
            if (isRecords && message.Bytes.IsEmpty) return Empty();
        }

        return null;
    }

    private static SocketResult Empty() => new(ResultCode.EEBADDATA, "an empty record is none");

    private static QueuedMessage[] Queue(IReadOnlyList<MessageResult> messages) =>
    [
        .. messages.Select(message => new QueuedMessage(Writable(message.Facts.Address), message.Bytes)
        {
            IsTruncated = message.Facts.IsTruncated,
            Failure = message.Kind is MessageKind.Failure ? message.Code : null,
            Received = message.Facts.Info == default ? null : message.Facts.Info,
            Sending = message.Facts.Sending == default ? null : message.Facts.Sending,
        }),
    ];

    // Anybody may send from a name of nothing but zero bytes, which is none that can be sent to.
    private static EndPoint? Writable(EndPoint? address) =>
        address is null || SocketName.FamilyOf(address) is null ? null : address;

    private static MessageResult[] Messages(IReadOnlyList<QueuedMessage> queue) =>
    [
        .. queue.Select(message => new MessageResult(
            message.Failure is null ? MessageKind.Data : MessageKind.Failure,
            message.Bytes,
            new MessageFacts
            {
                Address = message.Address,
                IsTruncated = message.IsTruncated,
                Info = message.Received ?? default,
                Sending = message.Sending ?? default,
            },
            message.Failure ?? ResultCode.EESUCCESS)),
    ];
}
