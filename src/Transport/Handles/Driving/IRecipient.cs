using Handoff.Transport.Handles.Frames;

namespace Handoff.Transport.Handles.Driving;

internal interface IRecipient
{
    // Whether it wants what is offered, with success, or why not. The token trips when it is not asked any more.
    ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken);

    // All came: whether it can be used, with success, or why not. Asked once, on a thread of the pool, before the
    // token is read: the giver goes on unless it succeeds inside the time of the transfer.
    SocketResult Check(IReadOnlyList<ArrivedSocket> sockets);
}
