using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Driving;

// A frame with exactly its descriptors, which are the receiver's; or why there is none, and then none is left of them.
internal readonly record struct FrameArrival(
    Frame? Frame, PassedDescriptors Descriptors, SocketResult Result, ulong Id, bool IsEnd)
{
    public bool IsSilence => Result.Code is ResultCode.EETIMEDOUT or ResultCode.EEINTR;
}
