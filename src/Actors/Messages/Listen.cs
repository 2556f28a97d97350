using System.Net;
using Akka.Actor;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Sockets</c>: listens, and offers each accepted connection to the acceptor. Answered by
/// <see cref="Listening"/>, or by <see cref="Refused"/>: <c>EEADDRINUSE</c>, <c>EEBIND</c>, <c>EEBADADDR</c>,
/// <c>EELISTEN</c>, <c>EEMODENOTSUPP</c> (unknown transport, an accept filter for records, or durable reads without
/// the Linux engine), <c>EENOTLOCAL</c>, <c>EESECURITY</c> (policy), <c>EEQUOTA</c> (<see cref="MaxWaiting"/> or
/// <see cref="AcquireWithin"/> out of its bounds).
/// </summary>
/// <param name="EndPoint">Where to listen; port 0 takes any free one.</param>
/// <param name="Owner">Who owns the listener. When it stops, the listener closes; its connections live on.</param>
/// <param name="Acceptor">Who is offered the connections; the owner if null.</param>
public sealed record Listen(EndPoint EndPoint, IActorRef Owner, IActorRef? Acceptor = null)
{
    /// <summary>
    /// The transport's name; null, the default, takes the one for such an address, and <c>unix-record</c> brings
    /// connections of records (<see cref="SocketKind.Records"/>).
    /// </summary>
    public string? Transport { get; init; }

    /// <summary>Who may acquire an accepted connection; <see cref="OfferMode.AnyHolder"/> for a router.</summary>
    public OfferMode Mode { get; init; } = OfferMode.InOrder;

    /// <summary>
    /// On whose behalf, for <c>ISocketPolicy</c>: shown with every question about the socket and those that it
    /// accepts, whoever owns them then. Null says nothing.
    /// </summary>
    public object? Credential { get; init; }

    /// <summary>
    /// What an accepted connection has to show before the acceptor is offered it, such as
    /// <see cref="AcceptFilter.HttpHead"/>; none by default. <see cref="SetAcceptFilter"/> changes it.
    /// </summary>
    public IAcceptFilter? AcceptFilter { get; init; }

    /// <summary>
    /// Whether nothing is read of an accepted connection before somebody acquires it, so that a program can be given
    /// it (<see cref="OpenProgram"/>); what its peer sends waits in the operating system. Until then its end is not
    /// noticed, which <c>handoff.listen.acquire-timeout</c> bounds. An accept filter reads before that.
    /// </summary>
    public bool ReadsWhenAcquired { get; init; }

    /// <summary>
    /// Whether accepted connections leave in the system what they receive, from the first byte on, until it is
    /// consumed: <see cref="ReadDurably"/>, which turns it off for one of them. Default false.
    /// </summary>
    public bool DurableReads { get; init; }

    /// <summary>
    /// Whether this process accepts no connection of it, whoever owns it, so that all that comes waits in the
    /// system for the programs that it is lent to (<see cref="OpenProgram"/>). Default false.
    /// </summary>
    public bool ForPrograms { get; init; }

    /// <summary>
    /// Accepted connections that may wait for an owner, from 1 to <c>handoff.listen.max-waiting</c>, which null, the
    /// default, stands for. At the bound accepting pauses: who connects then waits in the system. For an acceptor that
    /// takes them at its own pace.
    /// </summary>
    public int? MaxWaiting { get; init; }

    /// <summary>How long the acceptor may take to acquire an accepted connection before it is closed, from 1 ms to
    /// <c>handoff.offer.max-timeout</c>; null, the default, for <c>handoff.listen.acquire-timeout</c>.</summary>
    public TimeSpan? AcquireWithin { get; init; }
}
