using Handoff.Transport.Associations;

namespace Handoff.Messages;

/// <summary>
/// Something that is told of an association, in its order among the messages. Delivered and consumed as <see
/// cref="ReceivedFrom"/> is. Source: RFC 6458, 6.1.
/// </summary>
/// <param name="Handle">The owner's authority, for the answer.</param>
/// <param name="Position">How many messages, events and failures came before it.</param>
/// <param name="Event">What.</param>
public sealed record AssociationEvent(SocketHandle Handle, long Position, SctpEvent Event)
{
    /// <summary>The position behind it: what <see cref="Consumed"/> says of it and of all before it.</summary>
    public long End => Position + 1;
}
