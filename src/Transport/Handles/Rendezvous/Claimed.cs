using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Rendezvous;

// What a giver offers to whoever claimed its name, and the channel to take it over: the caller's.
internal sealed record Claimed(FrameChannel Channel, Frame.Offer Offer) : IDisposable
{
    public void Dispose() => Channel.Dispose();
}
