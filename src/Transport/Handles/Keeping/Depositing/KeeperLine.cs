using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Keeping.Depositing;

internal sealed class KeeperLine(FrameChannel channel) : IKeeperLine
{
    public ValueTask<SocketResult> SendAsync(KeeperFrame frame, IReadOnlyList<SocketDescriptor> descriptors) =>
        channel.SendAsync(frame, descriptors, CancellationToken.None);

    public ValueTask<FrameArrival> ReceiveAsync(TimeSpan within) =>
        channel.ReceiveAsync(within, CancellationToken.None);

    public ValueTask<Taken> TakeAsync(Frame.Offer offer, IRecipient recipient) =>
        Taker.TakeAsync(channel, offer, recipient);

    public void Dispose() => channel.Dispose();
}
