using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// A target's consent. The new owner is told <see cref="Acquired"/>; or the sender is told <see cref="Refused"/>:
/// <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKNOTRLSD</c> (the offer is over). Source: <c>socket_acquire(3)</c>.
/// </summary>
/// <param name="Offer">The authority that came with <see cref="Offered"/>.</param>
/// <param name="Owner">The new owner: the target itself, or anybody where the offer says <c>AnyHolder</c>.</param>
public sealed record Acquire(OfferHandle Offer, IActorRef Owner)
{
    /// <summary>How the new owner reads; by lease unless it says otherwise.</summary>
    public Reading Reading { get; init; } = Reading.Lease;

    /// <summary>Who is asked if the new owner stops; nobody unless it says so.</summary>
    public IActorRef? Heir { get; init; }
}
