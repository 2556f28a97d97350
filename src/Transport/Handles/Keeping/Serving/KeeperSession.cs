using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Deposits;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Keeping.Serving;

// One process at the keeper: what it asks, in its order, until it is dead and all that it had said was heard.
internal sealed class KeeperSession(
    FrameChannel channel,
    Depositor depositor,
    DepositStore store,
    Depositors others,
    KeeperOptions options,
    IKeeperPort port,
    Action<string> tell)
{
    private static readonly TimeSpan Turn = TimeSpan.FromHours(1);

    // End: nothing more is heard of it, because the process has a newer connection. Stop: the keeper ends.
    public async Task RunAsync(CancellationToken end, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(end, stop);
        var watch = WatchAsync(over);
        await HearAsync(over.Token).ConfigureAwait(false);
        var isDead = await IsDeadAsync(watch, over.Token).ConfigureAwait(false);
        store.Happened(depositor, isDead ? new DepositEvent.DepositorDied() : new DepositEvent.Withdrawn());
        tell($"{(isDead ? "dead" : "gone")} key={depositor.Key} {depositor.Process}");
        depositor.WasHeard();
        await depositor.HasNothing
            .WaitAsync(options.HoldTimeout, options.Handles.TimeProvider, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested) store.Happened(depositor, new DepositEvent.HoldOver());
        await depositor.HasNothing.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        depositor.Process.Dispose();
        await watch.ConfigureAwait(false);
    }

    private async Task WatchAsync(CancellationTokenSource over)
    {
        await depositor.Process.EndAsync().ConfigureAwait(false);
        if (depositor.Process.IsOver) await over.CancelAsync().ConfigureAwait(false);
    }

    // Who is dead says no more, but what it had said is there still, and is heard without waiting.
    private async Task HearAsync(CancellationToken over)
    {
        using (channel)
        {
            while (true)
            {
                var isToWait = !over.IsCancellationRequested;
                var arrival = await channel.ReceiveAsync(
                    isToWait ? Turn : TimeSpan.Zero, isToWait ? over : CancellationToken.None).ConfigureAwait(false);
                using var passed = arrival.Descriptors;
                if (arrival.IsEnd || (arrival.IsSilence && !isToWait)) return;
                if (arrival.IsSilence) continue;
                if (await AnswerTo(arrival, over).ConfigureAwait(false) is { } answer)
                    await port.AnswerAsync(channel, answer).ConfigureAwait(false);
            }
        }
    }

    // The connection is gone before its process is: that one has a while to end, too.
    private async Task<bool> IsDeadAsync(Task watch, CancellationToken over)
    {
        await watch.WaitAsync(options.ExitTimeout, options.Handles.TimeProvider, over)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return depositor.Process.IsOver;
    }

    private async ValueTask<KeeperFrame?> AnswerTo(FrameArrival arrival, CancellationToken over)
    {
        switch (arrival.Frame)
        {
            case KeeperFrame.Deposit deposit:
                return Answer(deposit.Id, Deposited(deposit, arrival.Descriptors));
            case KeeperFrame.Update update:
                return Answer(update.Id, Updated(update, arrival.Descriptors));
            case KeeperFrame.Withdrawal withdrawal:
                return Answer(withdrawal.Id, store.Withdraw(depositor, withdrawal.Id));
            case KeeperFrame.List list:
                return new KeeperFrame.Listing(list.Id, store.List(list.After));
            case KeeperFrame.Adopt adopt:
                await AdoptAsync(adopt.Id, adopt.Name, over).ConfigureAwait(false);
                return null;
            case null:
                return arrival.Id == 0 ? null : Answer(arrival.Id, arrival.Result);
            case KeeperFrame other:
                return Answer(other.Id, new(ResultCode.EEBADDATA, $"{other.GetType().Name} is no question"));
            case Frame.Offer offer:
                channel.TrySend(new Frame.Decline(offer.Id, new(ResultCode.EEMODENOTSUPP, "a keeper takes deposits")));
                return null;
            default:
                return null; // of a move that is over
        }
    }

    private SocketResult Deposited(KeeperFrame.Deposit frame, PassedDescriptors passed)
    {
        var (token, socket) = (new TakeOnceToken(passed.Take()), passed.Take());
        var deposit = new Deposit(frame.Id, frame.Name, frame.Facts, frame.Baggage, token, socket);
        var result = store.Add(depositor, deposit);
        if (!result.IsSuccess) deposit.Close();
        return result;
    }

    private SocketResult Updated(KeeperFrame.Update frame, PassedDescriptors passed)
    {
        var token = new TakeOnceToken(passed.Take());
        var result = store.Update(depositor, frame.Id, frame.Baggage, token);
        if (!result.IsSuccess) token.Dispose();
        return result;
    }

    private async ValueTask AdoptAsync(ulong id, string name, CancellationToken over)
    {
        await others.HeardAsync(depositor, options).ConfigureAwait(false);
        var offered = store.Want(depositor.Key, name);
        var answered = await port.AnswerAsync(
            channel, new KeeperFrame.Left(id, [.. offered.Select(one => one.Deposit.Name)])).ConfigureAwait(false);
        if (offered.Count == 0) return;
        DepositEvent how = new DepositEvent.NotGiven();
        try
        {
            if (!answered.IsSuccess) return;
            var given = await port.GiveAsync(
                channel, id, new DepositsToGive([.. offered.Select(one => one.Deposit)]), over)
                .ConfigureAwait(false);
            var isGiven = given.Outcome is Moves.MoveOutcome.Moved;
            if (isGiven) how = new DepositEvent.Given();
            tell($"{(isGiven ? "gave" : "could not give")} {offered.Count} key={depositor.Key} "
                + $"to {depositor.Process}: {given.Why}");
        }
        catch (InvalidOperationException failure)
        {
            // The token of the move cannot be read.
            how = new DepositEvent.Lost();
            tell($"lost {offered.Count} key={depositor.Key}: {failure.Message}");
        }
        finally
        {
            store.Settle(offered, how);
        }
    }

    private static KeeperFrame.Answer Answer(ulong id, SocketResult result) => new(id, result);
}
