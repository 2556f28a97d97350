namespace Handoff.Transport.Handles.Frames;

// What a queued message is, before what it has.
internal enum MessageMark : byte
{
    Whole = 0,
    Truncated = 1,
    Failure = 2,
}
