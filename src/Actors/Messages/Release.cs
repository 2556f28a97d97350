using System.Diagnostics;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>
/// Offers the socket to a target, which must answer <see cref="Acquire"/> inside the time-out, or ownership reverts.
/// Exactly one answer follows, to the sender, and to the owner too if another asked: <see cref="Released"/>,
/// <see cref="ReleaseFailed"/> (<c>EESOCKNOTRLSD</c>), or, to the sender alone, <see cref="Refused"/> when nothing was
/// offered: <c>EESECURITY</c>, <c>EEBADF</c>, <c>EESOCKRLSD</c> (already on offer), <c>EEBUSY</c> (an open read
/// result, bytes not flushed, or spliced), <c>EEMSGSIZE</c> or <c>EEBADDATA</c> (push-back), <c>EENOTLOCAL</c>,
/// <c>EEQUOTA</c> (targets, time-out, loan or open offers over the bound). Source: seed <c>socket_release(3)</c>.
/// </summary>
public class Release : ISocketCommand
{
    /// <summary>An offer to one target.</summary>
    /// <param name="handle">The owner's authority.</param>
    /// <param name="target">Who is to acquire; the owner itself is allowed and starts a new epoch.</param>
    public Release(SocketHandle handle, IActorRef target)
    {
        ArgumentNullException.ThrowIfNull(handle);
        if (target is null) throw new ArgumentException("A target is null.", nameof(target));
        Handle = handle;
        Mode = OfferMode.InOrder;
        Targets = [target];
    }

    /// <summary>An offer to several targets, or one that may be forwarded.</summary>
    /// <param name="handle">The owner's authority.</param>
    /// <param name="mode">Who of them may acquire.</param>
    /// <param name="targets">At least one target.</param>
    public Release(SocketHandle handle, OfferMode mode, params IReadOnlyList<IActorRef> targets)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentNullException.ThrowIfNull(targets);
        Handle = handle;
        Mode = mode;
        Targets = [.. targets];
        if (Targets.Count == 0) throw new ArgumentException("A release needs a target.", nameof(targets));
        if (Targets.Any(target => target is null)) throw new ArgumentException("A target is null.", nameof(targets));
    }

    // To a name.
    private protected Release(SocketHandle handle)
    {
        ArgumentNullException.ThrowIfNull(handle);
        Handle = handle;
        Targets = [];
    }

    /// <summary>The owner's authority.</summary>
    public SocketHandle Handle { get; }

    /// <summary>Who of the targets may acquire.</summary>
    public OfferMode Mode { get; }

    /// <summary>The targets, in order; none of a <see cref="Give"/>.</summary>
    public IReadOnlyList<IActorRef> Targets { get; }

    /// <summary>How long the offer stands; null for <c>handoff.offer.timeout</c>, or <c>handoff.give.timeout</c> under
    /// a name. In order, shared by the targets.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Who is asked if the owner stops before the outcome; null leaves the heir as it was.</summary>
    public IActorRef? Heir { get; init; }

    /// <summary>The last bytes that the owner consumed and gives back, at most
    /// <c>handoff.io.max-push-back</c>.</summary>
    public ReadOnlyMemory<byte> PushBack { get; init; }

    /// <summary>
    /// Lends the socket: this long after it was acquired it is the sender's again, at most
    /// <c>handoff.owner.max-loan</c>. The borrower may read, write and return it, and neither release nor end nor
    /// change it; when it stops, or completes its lease, the socket comes back at once. The lender is told
    /// <see cref="Returned"/>, then <see cref="Acquired"/>, and reads as before. If it has stopped, its heir is asked.
    /// Null gives the socket away.
    /// </summary>
    public TimeSpan? LoanFor { get; init; }

    /// <summary>Goes with <see cref="Offered"/>, or with the <see cref="Acquired"/> of a <see cref="Get"/>: parsed
    /// state, identity, trace context. Any message.</summary>
    public object? Attachment { get; init; }

    // A mailbox carries no context along: what is under way where the command is made is kept with it.
    internal Activity? MadeIn { get; init; } = Telemetry.Current;

    /// <inheritdoc/>
    public override string ToString() => $"Release of {Handle} to {string.Join(", ", Targets)}";
}
