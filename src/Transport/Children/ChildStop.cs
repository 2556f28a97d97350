namespace Handoff.Transport.Children;

// Whether this process ended a child, and why.
internal enum ChildStop
{
    // It ended by itself.
    None,

    // It ran for longer than it may.
    TimedOut,

    // Its service ended, or its owner said so.
    Stopped,

    // It could not be watched any more: the engine was disposed of, or had no room.
    Unwatched,
}
