namespace Handoff.Transport.Handles.Frames;

// What is wrong with the bytes of a frame.
internal enum FrameFault
{
    None,

    // It ends before it should.
    Truncated,

    // It goes on behind its end.
    Trailing,

    // It does not begin as one of ours.
    NotAFrame,

    UnknownVersion,
    UnknownKind,
    TooLong,

    // More of something than there may be, or than the bytes can hold.
    BadCount,

    // Not UTF-8, or longer than it may be.
    BadText,

    BadAddress,

    // A number that stands for nothing.
    BadValue,
}
