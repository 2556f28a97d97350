using System.Diagnostics;
using Akka.Actor;

namespace Handoff.Messages;

/// <summary>
/// The authority to answer one offer, once. It comes with <see cref="Offered"/> to the target and to nobody else;
/// a target that forwards it lets another answer where the offer says <c>AnyHolder</c>.
/// </summary>
public sealed class OfferHandle
{
    internal OfferHandle(IActorRef socket, long id, long number, Secret secret)
    {
        Socket = socket;
        Id = id;
        Number = number;
        Secret = secret;
    }

    /// <summary>The socket's actor: <see cref="Acquire"/> and <see cref="Decline"/> are told to it.</summary>
    public IActorRef Socket { get; }

    /// <summary>The number of the socket in this actor system.</summary>
    public long Id { get; }

    /// <summary>The number among the offers of this socket, from 1, never used again.</summary>
    public long Number { get; }

    internal Secret Secret { get; }

    // What those who are asked go on with: the offer's own span, or what it would have been a part of.
    internal Activity? Trace { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"socket {Id} offer {Number}";
}
