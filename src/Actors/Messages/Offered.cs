using System.Diagnostics;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>To a target: a socket is yours if you answer <see cref="Acquire"/> in time.</summary>
/// <param name="Offer">The authority to answer.</param>
/// <param name="From">Who owned the socket; null when it has no owner yet, or its owner has stopped.</param>
/// <param name="Facts">What the socket is, and how much is unread and unsent.</param>
/// <param name="Within">How long the offer stands.</param>
/// <param name="Attachment">What the owner sent along.</param>
public sealed record Offered(
    OfferHandle Offer, IActorRef? From, SocketFacts Facts, TimeSpan Within, object? Attachment)
{
    /// <summary>How long the socket is lent, from the acquire on; null where it is given away.</summary>
    public TimeSpan? LoanFor { get; init; }

    /// <summary>The process that offers it, as the kernel tells; null for an offer of this
    /// one.</summary>
    public PeerCredentials? Process { get; init; }

    /// <summary>The span of the offer (<c>docs/telemetry.md</c>), also where another process began it: what a target
    /// does with the socket is a child of it, or a link to it. Null where nobody listens to the source
    /// <c>Handoff</c>.</summary>
    public ActivityContext? Trace => Offer?.Trace?.Context;
}
