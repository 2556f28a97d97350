using System.Net;

namespace Handoff.Transport.Handles.Frames;

// What the taker is told of a socket before it has it. Unread and Unsent are bytes as they are now; more may come.
internal sealed record SocketFacts(
    HandleKind Kind,
    string Transport,
    EndPoint? Local,
    EndPoint? Remote,
    long Unread,
    long Unsent,
    SocketAttachment? Attachment)
{
    // Messages among the unread; 0 where bytes are the unit.
    public long UnreadMessages { get; init; }
}
