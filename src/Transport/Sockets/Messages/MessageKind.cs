namespace Handoff.Transport.Sockets.Messages;

/// <summary>What a read of a <see cref="MessageLease"/> brought.</summary>
public enum MessageKind
{
    /// <summary>Nothing follows: the code says why. There is nothing to consume.</summary>
    End,

    /// <summary>A message.</summary>
    Data,

    /// <summary>
    /// A message that was sent earlier did not arrive, as far as the network told; the socket goes on. It is consumed
    /// as a message is.
    /// </summary>
    Failure,

    /// <summary>
    /// What is told of an association, in its order among the messages (<see cref="MessageFacts.Event"/>). It is
    /// consumed as a message is.
    /// </summary>
    Event,
}
