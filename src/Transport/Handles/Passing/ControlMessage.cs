namespace Handoff.Transport.Handles.Passing;

// One message with its descriptors, or the reason why there is none: then no descriptor is left of it, and bytes only
// so that it can be answered: the beginning of one that was too long (EEMSGSIZE), and one of somebody who may not
// (EESECURITY). The bytes are good until the next receive, the descriptors are the caller's. End: nothing comes any
// more, because the peer closed or died, or this side closed; else a later receive may bring a message.
internal readonly record struct ControlMessage(
    ReadOnlyMemory<byte> Bytes,
    PassedDescriptors Descriptors,
    PeerCredentials? Sender,
    SocketResult Result,
    bool IsEnd)
{
    public static ControlMessage Failed(SocketResult why, bool isEnd) =>
        new(default, PassedDescriptors.None, null, why, isEnd);

    public static ControlMessage Failed(ResultCode code, bool isEnd) => Failed(SocketResult.Of(code), isEnd);
}
