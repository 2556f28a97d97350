using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;

namespace Handoff.Transport.Handles.Driving;

internal static class Taker
{
    private static readonly SocketResult OffersOnly =
        new(ResultCode.EEMODENOTSUPP, "a claim where only offers are awaited");

    // The next offer, or why there is none: EETIMEDOUT, EEINTR, EENOTCONN or EERESET (the peer is gone). What makes no
    // sense is answered as far as it can be, and passed over.
    public static async ValueTask<(Frame.Offer? Offer, SocketResult Result)> NextOfferAsync(
        FrameChannel channel, TimeSpan within, CancellationToken cancellationToken)
    {
        var bound = new Passing.Bound(within, channel.Options.TimeProvider);
        while (true)
        {
            var arrival = await channel.ReceiveAsync(bound.Left, cancellationToken).ConfigureAwait(false);
            using var dropped = arrival.Descriptors;
            if (arrival.Frame is Frame.Offer offer) return (offer, SocketResult.Success);
            if (arrival.IsEnd || arrival.IsSilence) return (null, arrival.Result);
            if (arrival is { Frame: null, Id: not 0 }) channel.TrySend(new Frame.Decline(arrival.Id, arrival.Result));
            if (arrival.Frame is Frame.Claim claim) channel.TrySend(new Frame.Decline(claim.Id, OffersOnly));
            if (bound.Left == TimeSpan.Zero) return (null, SocketResult.Of(ResultCode.EETIMEDOUT));
        }
    }

    // Asks the recipient, and ends when one of the two sides has the sockets for good. One move at a time on a
    // channel.
    public static async ValueTask<Taken> TakeAsync(FrameChannel channel, Frame.Offer offer, IRecipient recipient)
    {
        await using var port = new TakerPort(channel, offer, recipient);
        var result = await RunAsync(port).ConfigureAwait(false);
        return new Taken(result, port.Taken);
    }

    public static async ValueTask<MoveResult> RunAsync(ITakerPort port)
    {
        var step = TakerTable.Start();
        MoveResult? result = null;
        while (true)
        {
            TakerEvent? ended = null;
            foreach (var effect in step.Effects)
            {
                result ??= Told(effect);
                ended = await port.DoAsync(effect).ConfigureAwait(false) ?? ended;
            }

            if (step.Next.IsOver) return result!;
            step = TakerTable.Next(step.Next, ended ?? await port.NextAsync().ConfigureAwait(false));
        }
    }

    private static MoveResult? Told(TakerEffect effect) => effect switch
    {
        TakerEffect.TellAcquired => MoveResult.Moved,
        TakerEffect.TellWithdrawn withdrawn => MoveResult.Of(withdrawn.Why),
        _ => null,
    };
}
