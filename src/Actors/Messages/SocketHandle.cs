using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// The owner's authority over a socket for one epoch. It comes with <see cref="Acquired"/> to the owner and to nobody
/// else; every command carries it, and one of an older epoch is refused with <c>EESECURITY</c>. Whoever sends the
/// command does not matter.
/// </summary>
public sealed class SocketHandle
{
    internal SocketHandle(IActorRef socket, long id, long epoch, Secret secret)
    {
        Socket = socket;
        Id = id;
        Epoch = epoch;
        Secret = secret;
    }

    /// <summary>The socket's actor: commands are told to it.</summary>
    public IActorRef Socket { get; }

    /// <summary>The number of the socket in this actor system, from 1, never used again.</summary>
    public long Id { get; }

    /// <summary>The number of the ownership period, from 1; it rises by one when ownership moves, and when a
    /// restarted owner reattaches.</summary>
    public long Epoch { get; }

    internal Secret Secret { get; }

    /// <inheritdoc/>
    public override string ToString() => $"socket {Id} epoch {Epoch}";
}
