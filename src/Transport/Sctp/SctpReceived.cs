using System.Net;
using Handoff.Transport.Associations;

namespace Handoff.Transport.Sctp;

// What one receive ended with: bytes of a message with their facts, or an event. The default value is "no result yet".
//
// A message that does not fit into the buffer, or is delivered in parts by the stack, comes in pieces, of which the
// last has IsEndOfMessage (MSG_EOR). The pieces of a message follow each other within its association and stream.
internal readonly record struct SctpReceived(ResultCode Code, int Bytes, bool IsEndOfMessage)
{
    public bool IsSuccess => Code is ResultCode.EESUCCESS;

    // Of the message.
    public SctpReceiveInfo Info { get; init; }

    // Of the message behind it, where the back end tells and there is one.
    public SctpNextInfo? Next { get; init; }

    // The address that it came from; of an event, the peer's primary address where that is known.
    public IPEndPoint? Sender { get; init; }

    // Null of a message. Its bytes are all here and none is in the buffer.
    public SctpEvent? Event { get; init; }

    public static SctpReceived Failed(ResultCode code) => new(code, 0, false);

    public static SctpReceived Of(SctpEvent what, IPEndPoint? sender) =>
        new(ResultCode.EESUCCESS, 0, true) { Event = what, Sender = sender };
}
