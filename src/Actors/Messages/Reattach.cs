using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// A restarted owner takes its socket up again, usually from <c>PostRestart</c> with the handles of
/// <c>HandoffExtension.OwnedBy</c>. A new epoch begins: the old lease is torn, also with a read result open, output
/// that was not flushed is dropped, and what was not consumed is delivered again. Exactly one answer follows:
/// <see cref="Acquired"/> to the owner; <see cref="Refused"/> to the sender: <c>EEBADF</c>, <c>EESECURITY</c> (an old
/// handle, or not the owner), <c>EESOCKRLSD</c> (on offer: wait for the outcome, or revoke); or
/// <see cref="Closed"/> with <c>EEQUOTA</c> where the owner has come back <c>handoff.owner.max-reattach</c> times to
/// the same unread input and consumed and wrote nothing.
/// </summary>
/// <param name="Handle">The owner's authority of the epoch that ends.</param>
/// <param name="Owner">The owner itself.</param>
public sealed record Reattach(SocketHandle Handle, IActorRef Owner) : ISocketCommand
{
    /// <summary>How the owner reads from now on; null (the default) for what it last asked for, with the credits of
    /// then.</summary>
    public Reading? Reading { get; init; }
}
