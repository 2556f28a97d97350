using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Processes;

// An offer as a parcel, or why it cannot leave its process.
internal static class Packing
{
    public static (Parcel? Parcel, SocketResult Result) Of(Offered offered, IActorRef carrier, AttachmentCodec codec)
    {
        if (offered.LoanFor is not null)
            return (null, new(ResultCode.EEMODENOTSUPP, "a loan does not leave its process"));
        if (WireFacts.Unfit(WireFacts.Of(offered.Facts, attachment: null)) is { } unfit) return (null, unfit);
        if (Tied.By(offered.Facts) is { } tied) return (null, tied);
        if (offered.Facts.Stays)
            return (null, new(ResultCode.EEMODENOTSUPP, "an association of this back end of SCTP has no descriptor"));
        var acquire = new Acquire(offered.Offer, carrier);
        var bare = new Parcel(offered.Offer.Socket, acquire, offered.Facts, null) { Trace = offered.Trace };
        if (offered.Attachment is not { } attachment) return (bare, SocketResult.Success);
        var (encoded, result) = Encoded(attachment, codec);
        return encoded is null ? (null, result) : (bare with { Attachment = encoded }, SocketResult.Success);
    }

    // What a user's serializers throw is no reason for the target of all to stop.
    private static (SocketAttachment? Encoded, SocketResult Result) Encoded(object attachment, AttachmentCodec codec)
    {
        try
        {
            return codec.TryEncode(attachment);
        }
        catch (Exception failure)
        {
            var why = $"an attachment of type {attachment.GetType()} was not written: {failure.Message}";
            return (null, new SocketResult(ResultCode.EEBADDATA, why));
        }
    }
}
