using Akka.Actor;
using Handoff.Messages;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Processes;

// Gives to other processes what they ask for by its name. The carrier stands for them as an owner.
internal sealed class Claims(NameTable names, IActorRef carrier, AttachmentCodec attachments, HandleOptions options)
{
    // Ends when one of the two processes has it for good, or the other was told that it has not.
    public async Task ServeAsync(FrameChannel channel, Frame.Claim claim, CancellationToken cancellationToken)
    {
        var within = claim.Within < options.AnswerTimeout ? claim.Within : options.AnswerTimeout;
        var bound = new Bound(within, options.TimeProvider);
        var why = new SocketResult(ResultCode.EEBUSY, "another process is getting it");
        while (names.FindShared(claim.Name) is { Share: { } share } entry)
        {
            if (!await share.Turn.WaitAsync(bound.Left, cancellationToken).ConfigureAwait(false))
            {
                channel.TrySend(new Frame.Decline(claim.Id, why));
                return;
            }

            try
            {
                // Whoever was first may have it.
                if (names.FindShared(claim.Name) != entry) continue;
                await GiveAsync(channel, claim, entry).ConfigureAwait(false);
                return;
            }
            finally
            {
                share.Turn.Release();
            }
        }

        why = new(ResultCode.EENAMENOTFOUND, $"no socket is given as '{claim.Name}'");
        channel.TrySend(new Frame.Decline(claim.Id, why));
    }

    private async Task GiveAsync(FrameChannel channel, Frame.Claim claim, NameTable.Entry entry)
    {
        SocketAttachment? encoded = null;
        if (entry.Share!.Attachment is { } attachment)
        {
            (encoded, var result) = attachments.TryEncode(attachment);
            if (encoded is null)
            {
                channel.TrySend(new Frame.Decline(claim.Id, result));
                return;
            }
        }

        var take = new Take(entry.Offer, new Get(claim.Name, carrier), ActorRefs.Nobody)
        {
            Process = channel.Control.Peer,
        };
        var parcel = new Parcel(entry.Offer.Socket, take, entry.Public.Facts, encoded) { Trace = entry.Share.Trace };
        var consignment = new Consignment(claim.Name, [parcel]);
        var why = new SocketResult(ResultCode.EEABORTED, "the move failed");
        try
        {
            var moved = await Giver.GiveAsync(channel, claim.Id, consignment, consignment.Revoked)
                .ConfigureAwait(false);
            why = moved.Why;
            if (why.IsSuccess) names.Hide(claim.Name, entry);
        }
        finally
        {
            consignment.Tell(why);
        }
    }
}
