using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Deposits;

namespace Handoff.Transport.Handles.Keeping.Serving;

// The world of a keeper.
internal interface IKeeperPort
{
    // The event that the effect ended with, for those that have one. Never waits.
    DepositEvent? Do(Deposit deposit, DepositEffect effect);

    ValueTask<SocketResult> AnswerAsync(FrameChannel channel, KeeperFrame frame);

    ValueTask<MoveResult> GiveAsync(FrameChannel channel, ulong id, IConsignment deposits, CancellationToken revoke);
}
