using System.Diagnostics;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Ownership;

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

    /// <summary>Of a listener that comes from another process: who is offered the connections; the owner if
    /// null. One of this process goes on with the acceptor that it has.</summary>
    public IActorRef? Acceptor { get; init; }

    /// <summary>Of such a listener: whether nothing is read of an accepted connection before somebody acquires it, as
    /// with <see cref="Listen.ReadsWhenAcquired"/>; default false.</summary>
    public bool ReadsWhenAcquired { get; init; }

    /// <summary>Of such a listener: who may acquire an accepted connection.</summary>
    public OfferMode AcceptMode { get; init; } = OfferMode.InOrder;

    /// <summary>Of a listener or a datagram socket that comes from another process: whether this one takes nothing of
    /// what comes, so that it waits for the programs that the socket is lent to. Default false.</summary>
    public bool ForPrograms { get; init; }

    internal Activity? MadeIn { get; init; } = Telemetry.Current;
}
