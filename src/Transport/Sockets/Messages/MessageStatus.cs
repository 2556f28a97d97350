namespace Handoff.Transport.Sockets.Messages;

/// <summary>A snapshot of a socket's counters.</summary>
/// <param name="Received">Messages (and failures told) that came since the socket was opened.</param>
/// <param name="Consumed">How many of them owners have consumed.</param>
/// <param name="Accepted">Messages accepted from owners since the socket was opened.</param>
/// <param name="Sent">How many of them the system took, or failed to.</param>
/// <param name="BytesReceived">Bytes of the messages that came.</param>
/// <param name="BytesSent">Bytes of the messages that the system took.</param>
/// <param name="UnreadBytes">Bytes of the messages that no owner has consumed.</param>
/// <param name="UnsentBytes">Bytes of the messages that the system has not taken yet.</param>
/// <param name="Dropped">Messages that the system dropped for want of room; null where it does not tell.</param>
/// <param name="InputEnded">No message follows those that are unread.</param>
public readonly record struct MessageStatus(
    long Received,
    long Consumed,
    long Accepted,
    long Sent,
    long BytesReceived,
    long BytesSent,
    long UnreadBytes,
    long UnsentBytes,
    long? Dropped,
    bool InputEnded)
{
    /// <summary>Messages (and failures told) that no owner has consumed.</summary>
    public long Unread => Received - Consumed;

    /// <summary>Messages that the system has not taken yet.</summary>
    public long Unsent => Accepted - Sent;
}
