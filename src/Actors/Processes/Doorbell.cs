using System.Diagnostics;
using Akka.Actor;
using Handoff.Sockets;
using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Processes;

// Between one offer of another process and the service here that it names.
internal sealed class Doorbell(
    IActorRef processes, Landings landings, AttachmentCodec attachments, PeerCredentials? from, TimeSpan within)
    : IRecipient
{
    private Arriving? _arriving;

    // Who is offered it, whatever service it is for.
    public IActorRef? Target { get; init; }

    // Ends when one of the two processes has the sockets for good, and whoever waits for them here is told.
    public async Task<SocketResult> TakeAsync(FrameChannel channel, Frame.Offer offer)
    {
        var why = new SocketResult(ResultCode.EEABORTED, "the move failed");
        var taken = new Taken(new MoveResult(default, why), []);
        try
        {
            taken = await Taker.TakeAsync(channel, offer, this).ConfigureAwait(false);
            return taken.Result.Why;
        }
        finally
        {
            Volatile.Read(ref _arriving)?.End(taken.Result.Why, taken.Sockets);
        }
    }

    // Attachments are read by code of the user's, which may take its time: never on the loop.
    public async ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        var places = new Place[offer.Sockets.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var (place, result) = PlaceOf(offer.Sockets[i], offer.Origins.ElementAtOrDefault(i));
            if (place is null) return result;
            places[i] = place;
        }

        var answerWithin = offer.AnswerWithin < within ? offer.AnswerWithin : within;
        cancellationToken.ThrowIfCancellationRequested();
        var arriving = new Arriving(places, from, answerWithin);
        _arriving = arriving;
        processes.Tell(new ProcessesActor.Welcome(offer.Label, arriving) { Target = Target });
        return await arriving.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets)
    {
        foreach (var socket in sockets)
        {
            if (landings.Nonsense(socket) is { } nonsense) return nonsense;
        }

        return SocketResult.Success;
    }

    private (Place? Place, SocketResult Result) PlaceOf(SocketFacts facts, ActivityContext? trace)
    {
        if (landings.Obstacle(facts) is { } unfit) return (null, unfit);
        var here = WireFacts.ToActors(facts, landings.NextId());
        if (facts.Attachment is not { } encoded) return (PlaceWith(attachment: null), SocketResult.Success);
        var (attachment, result) = attachments.TryDecode(encoded.Kind, encoded.Bytes);
        return attachment is null ? (null, result) : (PlaceWith(attachment), SocketResult.Success);

        Place PlaceWith(object? attachment) => new(here, attachment) { Trace = trace };
    }
}
