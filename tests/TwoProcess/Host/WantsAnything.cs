using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;

namespace Handoff.TwoProcess.Tests.Host;

internal sealed class WantsAnything : IRecipient
{
    public ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken) =>
        new(SocketResult.Success);

    public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets) => SocketResult.Success;
}
