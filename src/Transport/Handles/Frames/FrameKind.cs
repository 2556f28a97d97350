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
    Claim = 10,
    Traces = 11,

    // Of a keeper and those that it keeps for.
    Hello = 16,
    Deposit = 17,
    Update = 18,
    Withdrawal = 19,
    List = 20,
    Adopt = 21,
    Answer = 22,
    Left = 23,
    Listing = 24,
}
