namespace Handoff.Transport.Handles.Frames;

// The fourth byte of a frame.
internal enum FrameKind : byte
{
    Offer = 1,
    Accept = 2,
    Decline = 3,
    Part = 4,
    Transfer = 5,
    Adopted = 6,
    Refuse = 7,
    Withdraw = 8,
    Sealed = 9,
}
