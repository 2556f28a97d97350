using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Deposits;

namespace Handoff.Transport.Handles.Keeping.Serving;

internal sealed class KeeperPort : IKeeperPort
{
    public DepositEvent? Do(Deposit deposit, DepositEffect effect)
    {
        switch (effect)
        {
            case DepositEffect.ReplaceToken:
                deposit.ReplaceToken();
                return null;
            case DepositEffect.TakeToken:
                return deposit.TakeToken();
            case DepositEffect.Close:
                deposit.Close();
                return null;
            case DepositEffect.End:
                deposit.End();
                return null;
            default:
                return null; // the offer is of many deposits, and made for all of them at once
        }
    }

    public ValueTask<SocketResult> AnswerAsync(FrameChannel channel, KeeperFrame frame) =>
        channel.SendAsync(frame, [], CancellationToken.None);

    public ValueTask<MoveResult> GiveAsync(
        FrameChannel channel, ulong id, IConsignment deposits, CancellationToken revoke) =>
        Giver.GiveAsync(channel, id, deposits, revoke);
}
