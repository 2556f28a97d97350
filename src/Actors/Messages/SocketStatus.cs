using Akka.Actor;

namespace Handoff.Messages;

/// <summary>What a socket is and who owns it, at the time of the question.</summary>
/// <param name="Facts">What the socket is.</param>
/// <param name="State"><c>Held</c>, <c>Offered</c>, <c>Bequeathed</c>, <c>Lent</c>, <c>Given</c> or
/// <c>Closed</c>.</param>
/// <param name="Owner">The owner; still the old one while on offer; null if there is none.</param>
/// <param name="Epoch">The number of the ownership period.</param>
/// <param name="Offer">The number of the pending offer; null if there is none.</param>
/// <param name="Targets">Whom it is offered to.</param>
/// <param name="BytesReceived">Bytes that the peer sent, as far as they were read from the operating system.</param>
/// <param name="BytesSent">Bytes that were handed to the operating system.</param>
public sealed record SocketStatus(
    SocketFacts Facts,
    string State,
    IActorRef? Owner,
    long Epoch,
    long? Offer,
    IReadOnlyList<IActorRef> Targets,
    long BytesReceived,
    long BytesSent)
{
    /// <summary>When the owner's period began, by the clock of the scheduler; null before the first.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>What is left of the time of the pending offer, or of the loan; null if there is none.</summary>
    public TimeSpan? Left { get; init; }

    /// <summary>Whom a lent socket goes back to; null where it is not lent, or the lender has stopped.</summary>
    public IActorRef? Lender { get; init; }

    /// <summary>The name that it is given under; null where it is not, or the name is a drawn one.</summary>
    public string? Name { get; init; }

    /// <summary>Who owned it when and why, the oldest first; empty where <c>handoff.owner.history</c> is 0.</summary>
    public IReadOnlyList<CustodyRecord> History { get; init; } = [];

    // Roles that others have with it, each of which is watched.
    internal int Watches { get; init; }
}
