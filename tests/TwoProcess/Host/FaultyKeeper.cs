using Handoff.Transport;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Deposits;
using Handoff.Transport.Handles.Keeping.Serving;

namespace Handoff.TwoProcess.Tests.Host;

// Steps of its moves to adopters are called Move and then what they are; of answers only those about the last deposit
// count, and the one to an adopter.
internal sealed class FaultyKeeper(IKeeperPort real, Fault? fault) : IKeeperPort
{
    private const string Move = "Move";
    private int _answers;

    public DepositEvent? Do(Deposit deposit, DepositEffect effect)
    {
        Fault.Strike(fault, effect, isAfter: false);
        var ended = real.Do(deposit, effect);
        Fault.Strike(fault, effect, isAfter: true);
        return ended;
    }

    public async ValueTask<SocketResult> AnswerAsync(FrameChannel channel, KeeperFrame frame)
    {
        var step = frame is KeeperFrame.Left ? "Left" : "";
        if (frame.Id == DepositingSide.Last) step = _answers++ == 0 ? "DepositAnswer" : "UpdateAnswer";
        Fault.Strike(fault, step, isAfter: false);
        var sent = await real.AnswerAsync(channel, frame);
        Fault.Strike(fault, step, isAfter: true);
        return sent;
    }

    public async ValueTask<MoveResult> GiveAsync(
        FrameChannel channel, ulong id, IConsignment deposits, CancellationToken revoke)
    {
        var ofMove = fault?.Effect.StartsWith(Move, StringComparison.Ordinal) == true
            ? fault with { Effect = fault.Effect[Move.Length..] }
            : null;
        using var port = new GiverPort(channel, id, deposits, revoke);
        return await Giver.RunAsync(new FaultyGiver(port, ofMove));
    }
}
