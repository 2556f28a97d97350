using System.Net;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;
using SocketFacts = Handoff.Transport.Handles.Frames.SocketFacts;

namespace Handoff.Sockets;

// What comes with an association of another process, beside what comes with every socket whose unit is a message.
internal static class AssociationBaggage
{
    public static bool IsOf(SocketFacts facts) =>
        facts.Kind is HandleKind.Records && facts.Transport is "sctp" or "sctp-one-to-one";

    public static bool IsOfAssociation(QueuedMessage message) =>
        message.Received is not null || message.Sending is not null;

    // Why it cannot be; null where it can. A peer has several addresses, of either family.
    public static SocketResult? Misfit(SocketBaggage baggage)
    {
        foreach (var message in baggage.Unread)
        {
            if (message.Sending is not null) return new(ResultCode.EEBADDATA, "what came was not to be sent");
            if ((Stranger(message) ?? Empty(message)) is { } misfit) return misfit;
        }

        foreach (var message in baggage.Unsent)
        {
            if (message.Failure is not null || message.IsTruncated || message.Received is not null)
                return new(ResultCode.EEBADDATA, "what is to be sent is no message");
            if ((Stranger(message) ?? Empty(message)) is { } misfit) return misfit;
        }

        return null;
    }

    private static SocketResult? Stranger(QueuedMessage message) => message.Address is null or IPEndPoint
        ? null
        : new(ResultCode.EEBADADDR, $"'{message.Address}' is no address of an association");

    private static SocketResult? Empty(QueuedMessage message) => message is { Failure: null, Bytes.IsEmpty: true }
        ? new(ResultCode.EEBADDATA, "an empty message of an association is none")
        : null;
}
