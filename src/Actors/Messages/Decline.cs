using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// A target's refusal; answered by <see cref="Withdrawn"/>, or by <see cref="Refused"/> as for <see cref="Acquire"/>.
/// </summary>
/// <param name="Offer">The authority that came with <see cref="Offered"/>.</param>
/// <param name="By">The target.</param>
/// <param name="Reason">One line for the owner.</param>
public sealed record Decline(OfferHandle Offer, IActorRef By, string Reason);
