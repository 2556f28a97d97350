using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Driving;

internal interface IRecipient
{
    // Whether it wants what is offered, with success, or why not. The token trips when it is not asked any more.
    ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken);
}
