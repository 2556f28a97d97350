using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Keeping.Depositing;

// The world of a process that has something kept.
internal interface IKeeperLine : IDisposable
{
    ValueTask<SocketResult> SendAsync(KeeperFrame frame, IReadOnlyList<SocketDescriptor> descriptors);

    ValueTask<FrameArrival> ReceiveAsync(TimeSpan within);

    ValueTask<Taken> TakeAsync(Frame.Offer offer, IRecipient recipient);
}
