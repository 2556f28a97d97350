namespace Handoff.Transport.Handles.Frames;

// What a taker must know to take what is offered. A taker declines an offer that needs a bit that it does not know,
// so that a newer giver finds out before anything has moved.
[Flags]
internal enum HandleCapabilities : uint
{
    None = 0,
    Streams = 1,
    Listeners = 2,
    Datagrams = 4,
    Records = 8,

    // Several sockets, and more than one message of them, behind one token.
    Batches = 16,

    // A frame may come in a sealed memory file.
    SealedFrames = 32,

    Attachments = 64,

    // Of SCTP, with what is known of each message.
    Associations = 128,
}
