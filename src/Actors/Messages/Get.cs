using System.Diagnostics;
using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Messages;

/// <summary>
/// Told to <c>HandoffExtension.Sockets</c>: takes over the socket that is given under a name. The owner is told
/// <see cref="Acquired"/>, with what the giver sent along; or the sender is told <see cref="Refused"/>:
/// <c>EENAMENOTFOUND</c> (never given, got by another, or gone), <c>EETIMEDOUT</c>, <c>EENAMETOOLONG</c>,
/// <c>EEBADDATA</c>, <c>EESECURITY</c> (policy), <c>EENOTLOCAL</c>, <c>EEQUOTA</c> (too many wait, or for too long);
/// of another process also <c>EEMODENOTSUPP</c> (what it gives cannot come, or this is not Linux), <c>EEMSGSIZE</c>,
/// <c>EETIMEDOUT</c> (it does not answer), <c>EEBUSY</c> (a third one is getting it just then).
/// Who knows the name may get it. Source: NetIPC <c>IPCGET</c>.
/// </summary>
/// <param name="Name">The name, in upper or lower case.</param>
/// <param name="Owner">Who owns the socket from now on.</param>
public sealed record Get(string Name, IActorRef Owner)
{
    /// <summary>How long to wait for somebody to give it, at most <c>handoff.offer.max-timeout</c>; null does not
    /// wait.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Where to look; null for <c>handoff.give.scope</c>. The own actor system comes first.</summary>
    public NameScope? Scope { get; init; }

    /// <summary>How the new owner reads; by lease unless it says otherwise.</summary>
    public Reading Reading { get; init; } = Reading.Lease;

    /// <summary>Who is asked if the new owner stops; nobody unless it says so.</summary>
    public IActorRef? Heir { get; init; }

    internal Activity? MadeIn { get; init; } = Telemetry.Current;
}
