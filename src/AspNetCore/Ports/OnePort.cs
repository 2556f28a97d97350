using Akka.Actor;
using Handoff.Transport.Sockets.AcceptFilters;

namespace Handoff.AspNetCore.Ports;

/// <summary>
/// One port for HTTP and for what is none: an actor owns each connection for a moment, looks at its first bytes, which
/// stay unread, and releases it to whoever speaks that. <see cref="OnePortExtensions.ListenOnePort"/> declares it in
/// a host; a <c>Listen</c> by hand names <see cref="Filter"/>, and an actor of <see cref="Props(OnePortTargets)"/> as
/// its acceptor.
/// </summary>
public static class OnePort
{
    /// <summary>
    /// Shows a connection to the acceptor once its first bytes tell what its client speaks, at most 14 of them. Who
    /// sends fewer and goes on to wait is dropped after <c>handoff.accept-filter.timeout</c>, and makes room for
    /// others before that (<c>max-waiting</c>).
    /// </summary>
    public static IAcceptFilter Filter { get; } = new FirstBytesFilter();

    /// <summary>The acceptor. It closes what its target does not acquire.</summary>
    /// <param name="targets">Who takes what.</param>
    public static Props Props(OnePortTargets targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Props(_ => targets);
    }

    // Asked for with the first connection, when all actors of a host are there.
    internal static Props Props(Func<IActorContext, OnePortTargets> targets) =>
        Akka.Actor.Props.Create(() => new OnePortActor(targets));
}
