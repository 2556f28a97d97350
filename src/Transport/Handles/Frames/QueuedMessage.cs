using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Handles.Frames;

// Bytes that wait, with the sender or receiver where the socket has no peer. A stream has one, without an address.
internal sealed record QueuedMessage(EndPoint? Address, ReadOnlyMemory<byte> Bytes)
{
    // It was longer where it came in, and its rest is lost.
    public bool IsTruncated { get; init; }

    // Instead of a message, and without bytes: what became of one that was sent to the address.
    public ResultCode? Failure { get; init; }

    // Of a message that an association brought.
    public SctpReceiveInfo? Received { get; init; }

    // Of one that is to go by an association, and not as most do.
    public SctpSendInfo? Sending { get; init; }
}
