using Akka.Actor;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>One line of a socket's custody history; the last <c>handoff.owner.history</c> of them are kept.</summary>
/// <param name="At">When, by the clock of the system's scheduler.</param>
/// <param name="Change">What happened.</param>
/// <param name="Owner">Who owned it from then on; for <c>OwnerStopped</c> and <c>Closed</c>, who had it.</param>
/// <param name="Epoch">The number of the ownership period.</param>
/// <param name="Offer">The number of the offer that ended with it; null if there was none.</param>
/// <param name="Target">Whom that offer was made to; of several, the one that was asked last, or the first.</param>
/// <param name="Outcome">How that offer ended; <c>None</c> if there was none.</param>
public sealed record CustodyRecord(
    DateTimeOffset At,
    CustodyChange Change,
    IActorRef? Owner,
    long Epoch,
    long? Offer,
    IActorRef? Target,
    OfferOutcome Outcome);
