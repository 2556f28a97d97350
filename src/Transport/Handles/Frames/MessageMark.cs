namespace Handoff.Transport.Handles.Frames;

// What a queued message is, before what it has.
internal enum MessageMark : byte
{
    Whole = 0,
    Truncated = 1,
    Failure = 2,

    // Of an association: what is known of it, and how it is to be sent.
    Received = 3,
    ReceivedTruncated = 4,
    ToSend = 5,
}
