using Akka.Actor;
using Akka.Streams.Dsl;
using Handoff.Streams.Intake;

namespace Handoff.Streams;

/// <summary>Connections that are released to a stream.</summary>
public static class OfferSource
{
    /// <summary>
    /// A target for <c>Release</c>, which the materialized task tells: an offer is acquired when an element is asked
    /// for, and one that is not in time reverts to its owner, as with any target. At most
    /// <c>handoff.streams.max-offers</c> wait; further ones are declined, and so is what is no connection. When the
    /// stream ends those that wait are declined.
    /// </summary>
    /// <param name="handoff">The extension of the actor system.</param>
    public static Source<IncomingSocket, Task<IActorRef>> Open(HandoffExtension handoff)
    {
        ArgumentNullException.ThrowIfNull(handoff);
        return Source.FromGraph(new IntakeStage<IActorRef>(
            "offers",
            handoff,
            StreamSettings.For(handoff.System).MaxOffers,
            static target => Task.FromResult<(IActorRef, ListeningSocket?)>((target.Ref, null))));
    }
}
