namespace Handoff.Transport.Handles.Frames;

// Why some bytes are no frame. Offset is where that was seen.
internal sealed record FrameError(FrameFault Fault, int Offset, string Reason)
{
    public SocketResult Result => new(Code, $"{Fault} at byte {Offset}: {Reason}");

    private ResultCode Code => Fault switch
    {
        FrameFault.UnknownVersion or FrameFault.UnknownKind => ResultCode.EEMODENOTSUPP,
        FrameFault.TooLong => ResultCode.EEMSGSIZE,
        _ => ResultCode.EEBADDATA,
    };
}
