using Akka.Event;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>To a target that did not acquire: the offer is over.</summary>
/// <param name="Offer">Which offer.</param>
/// <param name="Outcome">How it ended for this target.</param>
public sealed record Withdrawn(OfferHandle Offer, OfferOutcome Outcome) : IDeadLetterSuppression;
