using Handoff.Messages;

namespace Handoff.TestKit.Scenarios;

// Messages in words, for the history.
internal static class Phrase
{
    public static string Of(object message) => message switch
    {
        Release release => $"Release (epoch {release.Handle.Epoch}) to "
            + string.Join(", ", release.Targets.Select(target => target.Path.Name)),
        Acquire acquire => $"Acquire (offer {acquire.Offer.Number}) for {acquire.Owner.Path.Name}",
        Decline decline => $"Decline (offer {decline.Offer.Number}): {decline.Reason}",
        Write write => $"Write (epoch {write.Handle.Epoch}) of {write.Bytes.Length} bytes",
        Consumed consumed => $"Consumed (epoch {consumed.Handle.Epoch}) to {consumed.Position}",
        ISocketCommand command => $"{command.GetType().Name} (epoch {command.Handle.Epoch})",
        Offered offered => $"Offered (offer {offered.Offer.Number}) by {offered.From?.Path.Name ?? "nobody"}",
        Acquired acquired => $"Acquired (epoch {acquired.Handle.Epoch}), "
            + $"{acquired.Consumed} consumed, {acquired.Written} written",
        Listening listening => $"Listening (epoch {listening.Handle.Epoch})",
        Released released => $"Released (epoch {released.Release.Handle.Epoch}) to {released.Owner.Path.Name}",
        ReleaseFailed failed => $"ReleaseFailed (epoch {failed.Release.Handle.Epoch}): {failed.Result}",
        Withdrawn withdrawn => $"Withdrawn (offer {withdrawn.Offer.Number}): {withdrawn.Outcome}",
        Refused refused => $"Refused: {Of(refused.Command)}: {refused.Result}",
        Confirmed confirmed => $"Confirmed: {Of(confirmed.Command)}",
        Closed closed => $"Closed (epoch {closed.Handle.Epoch}): {closed.Result}",
        Received received => $"Received (epoch {received.Handle.Epoch}) {received.Position} to {received.End}",
        ReceivedFrom received => $"ReceivedFrom (epoch {received.Handle.Epoch}) message {received.Position}",
        Written written => $"Written to {written.Position}",
        PeerFinished finished => $"PeerFinished at {finished.Position}",
        _ => message.GetType().Name,
    };
}
