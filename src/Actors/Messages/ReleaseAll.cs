using System.Diagnostics;
using Akka.Actor;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Sockets</c>: releases many sockets, such as all that an owner has
/// (<c>HandoffExtension.OwnedBy</c>), <c>handoff.release-all.in-flight</c> of them at a time. The sender is told
/// <see cref="ReleaseProgress"/> now and then, and <see cref="AllReleased"/> once at the end. As with
/// <see cref="Release"/>, the owner is told the outcome of each of its sockets.
/// </summary>
public sealed class ReleaseAll
{
    /// <summary>Offers all of them to one target.</summary>
    /// <param name="handles">The owner's authorities; none is answered at once.</param>
    /// <param name="target">Who is to acquire.</param>
    public ReleaseAll(IReadOnlyList<SocketHandle> handles, IActorRef target)
        : this(handles, OfferMode.InOrder, target)
    {
    }

    /// <summary>Offers each of them to several targets, or to one that may forward them.</summary>
    /// <param name="handles">The owner's authorities; none is answered at once.</param>
    /// <param name="mode">Who of the targets may acquire; <see cref="OfferMode.AnyHolder"/> for a router.</param>
    /// <param name="targets">At least one target.</param>
    public ReleaseAll(IReadOnlyList<SocketHandle> handles, OfferMode mode, params IReadOnlyList<IActorRef> targets)
    {
        ArgumentNullException.ThrowIfNull(handles);
        ArgumentNullException.ThrowIfNull(targets);
        Handles = [.. handles];
        Mode = mode;
        Targets = [.. targets];
        if (Handles.Any(handle => handle is null)) throw new ArgumentException("A handle is null.", nameof(handles));
        if (Targets.Count == 0) throw new ArgumentException("A release needs a target.", nameof(targets));
        if (Targets.Any(target => target is null)) throw new ArgumentException("A target is null.", nameof(targets));
    }

    /// <summary>The owner's authorities.</summary>
    public IReadOnlyList<SocketHandle> Handles { get; }

    /// <summary>Who of the targets may acquire.</summary>
    public OfferMode Mode { get; }

    /// <summary>The targets, in order.</summary>
    public IReadOnlyList<IActorRef> Targets { get; }

    /// <summary>How long each offer stands; null for <c>handoff.offer.timeout</c>.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>As in <see cref="Release"/>, for each socket.</summary>
    public IActorRef? Heir { get; init; }

    /// <summary>Goes with each <see cref="Offered"/>.</summary>
    public object? Attachment { get; init; }

    internal Activity? MadeIn { get; } = Telemetry.Current;

    /// <inheritdoc/>
    public override string ToString() => $"Release of {Handles.Count} sockets to {string.Join(", ", Targets)}";
}
