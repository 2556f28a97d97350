using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Rendezvous;

// Another process, connected here, with the first that it said: an Offer or a Claim. Dispose closes the connection and
// makes room for another.
internal sealed class ControlPeer(FrameChannel channel, Frame first, Action leave) : IDisposable
{
    private int _isLeft;

    public FrameChannel Channel => channel;

    public Frame First => first;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isLeft, 1) == 1) return;
        channel.Dispose();
        leave();
    }

    public override string ToString() => $"{channel.Control}, which began with {first.GetType().Name} {first.Id}";
}
