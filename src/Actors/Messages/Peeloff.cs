using Akka.Actor;
using Handoff.Transport.Associations;

namespace Handoff.Messages;

/// <summary>
/// Told to an association of a one-to-many socket: branches it off into a socket of its own, with an actor of its own,
/// which is a child of the association's. What it brought and nobody consumed, what it has to send, and its options
/// go along, in order. Answered by <see cref="PeeledOff"/>; the owner is told <see cref="Acquired"/> of the new
/// socket, and the handle of the association is void: what is told by it is refused with <c>EENOTCONN</c>, and never
/// reaches the new socket. Or answered by <see cref="Refused"/>, and nothing has changed: <c>EEINVAL</c> (no
/// association of a one-to-many socket, such as one that was peeled off already; unknown flags), <c>EENOTCONN</c> (it
/// has ended),
/// <c>EEBUSY</c> (a message is open, a send waits for room), <c>EENOSOCKS</c>, <c>EESECURITY</c>, <c>EESOCKRLSD</c>
/// (on offer, or on loan), <c>EEBADF</c>; with <see cref="Target"/> also as <see cref="Release"/>. From this command
/// on the owner ignores what it is delivered by the old handle. Source: seed <c>sctp_peeloff(3)</c>, RFC 6458, 9.2.
/// </summary>
/// <param name="Handle">The owner's authority over the association.</param>
/// <param name="Flags">Those of <c>sctp_peeloff_flags</c>.</param>
public sealed record Peeloff(SocketHandle Handle, SctpPeelFlags Flags = SctpPeelFlags.None) : ISocketCommand
{
    /// <summary>
    /// Whom the new socket is offered to at once, by a <see cref="Release"/> whose outcome is told as always; null,
    /// the default, leaves it to its owner.
    /// </summary>
    public IActorRef? Target { get; init; }

    /// <summary>How long the offer to the target stands; null for <c>handoff.offer.timeout</c>.</summary>
    public TimeSpan? Within { get; init; }

    /// <summary>Goes with the offer to the target. Any message.</summary>
    public object? Attachment { get; init; }

    /// <summary>How the owner reads the new socket; null as it read the association.</summary>
    public Reading? Reading { get; init; }
}
