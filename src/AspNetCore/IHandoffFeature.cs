using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.AspNetCore;

/// <summary>
/// A connection of Kestrel's that Handoff owns, among the features of its <c>ConnectionContext</c>. A connection
/// handler may release it; an endpoint does so by <see cref="HandoffHttpContextExtensions.ReleaseConnectionAsync"/>,
/// which asks first whether it may.
/// </summary>
public interface IHandoffFeature
{
    /// <summary>What the connection is, as it was when Kestrel acquired it.</summary>
    SocketFacts Facts { get; }

    /// <summary>
    /// Takes the connection out of Kestrel and offers it to a target. <c>EESUCCESS</c>: the target has it, with every
    /// byte that Kestrel had not consumed; whoever holds Kestrel's side reads the end, what it writes is dropped, and
    /// closing or aborting it does not touch the connection. Otherwise nothing has happened and Kestrel goes on with
    /// it: <c>EESOCKNOTRLSD</c> (nobody acquired), <c>EEMODENOTSUPP</c> (TLS or another middleware is between the
    /// connection and its bytes), <c>EEBUSY</c> (released already or at the same time, a read result is open, or bytes
    /// are not flushed), <c>EEBADF</c> (closed), and as for <see cref="Release"/>.
    /// </summary>
    /// <param name="target">Who is to acquire.</param>
    /// <param name="within">How long the offer stands; null for <c>handoff.offer.timeout</c>.</param>
    /// <param name="attachment">What goes with the offer.</param>
    /// <param name="pushBack">As <see cref="Release.PushBack"/>.</param>
    /// <param name="cancellationToken">Revokes the offer, if it is still pending; the outcome is then told as
    /// usual.</param>
    Task<SocketResult> ReleaseAsync(
        IActorRef target,
        TimeSpan? within = null,
        object? attachment = null,
        ReadOnlyMemory<byte> pushBack = default,
        CancellationToken cancellationToken = default);
}
