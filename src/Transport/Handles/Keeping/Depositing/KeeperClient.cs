using System.Net;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Keeping.Depositing;

// Has sockets of this process kept, and takes up what an earlier process of its key left. One question at a time. Once
// an answer did not come, nothing more is asked here (EENOTCONN): what the keeper has is not known then, and whoever
// connects again and deposits again knows it, because the keeper drops what it had of the older connection.
internal sealed class KeeperClient(IKeeperLine line, KeeperOptions options) : IDisposable
{
    private SocketResult? _lost;

    // Whether it is to be connected again.
    public bool IsLost => _lost is not null;

    public static async ValueTask<(KeeperClient? Client, SocketResult Result)> ConnectAsync(
        LinuxEngine engine,
        EndPoint keeper,
        string key,
        KeeperOptions options,
        PeerRule rule,
        CancellationToken cancellationToken)
    {
        var (control, code) = await ControlSocket.ConnectAsync(
            engine, keeper, options.Handles, rule, cancellationToken).ConfigureAwait(false);
        if (control is null) return (null, SocketResult.Of(code));
        return await BeginAsync(new KeeperLine(new FrameChannel(control, options.Handles)), key, options)
            .ConfigureAwait(false);
    }

    // Disposes the line where it comes to nothing.
    public static async ValueTask<(KeeperClient? Client, SocketResult Result)> BeginAsync(
        IKeeperLine line, string key, KeeperOptions options)
    {
        var client = new KeeperClient(line, options);
        var started = DepositorProcess.StartOf(Environment.ProcessId) ?? 0;
        var result = await client.AnswerAsync(new KeeperFrame.Hello(0, key, started), []).ConfigureAwait(false);
        if (result.IsSuccess) return (client, result);
        client.Dispose();
        return (null, result);
    }

    // Success: if this process dies, and nobody else took the token, the next one that adopts gets the socket. Both
    // stay the caller's, who reads nothing of the token.
    public ValueTask<SocketResult> DepositAsync(
        ulong id,
        string name,
        SocketFacts facts,
        SocketBaggage baggage,
        TakeOnceToken token,
        SocketDescriptor socket) =>
        AnswerAsync(new KeeperFrame.Deposit(id, name, facts, baggage), [token.Descriptor, socket]);

    // Success: from now on this token decides. A giver does it before it sends what the token is for, and not without
    // success; one that took its token back does it again, with another.
    public ValueTask<SocketResult> UpdateAsync(ulong id, SocketBaggage baggage, TakeOnceToken token) =>
        AnswerAsync(new KeeperFrame.Update(id, baggage), [token.Descriptor]);

    // Success, or EEBADF where nothing is kept: the keeper has no copy any more.
    public ValueTask<SocketResult> WithdrawAsync(ulong id) => AnswerAsync(new KeeperFrame.Withdrawal(id), []);

    // What is kept for whomever after this number, as much as one answer has; none: that was all.
    public async ValueTask<(IReadOnlyList<ListedDeposit> Deposits, SocketResult Result)> ListAsync(ulong after)
    {
        var (frame, result) = await AskAsync(new KeeperFrame.List(0, after), []).ConfigureAwait(false);
        return frame is KeeperFrame.Listing listing ? (listing.Deposits, SocketResult.Success) : ([], Failed(result));
    }

    // Some of what dead processes of this key left, under this name or under any: to be asked again until nothing
    // comes.
    public async ValueTask<Adopted> AdoptAsync(ulong id, string name = "")
    {
        var (frame, result) = await AskAsync(new KeeperFrame.Adopt(id, name), []).ConfigureAwait(false);
        if (frame is not KeeperFrame.Left left) return new(Failed(result), []);
        if (left.Names.Count == 0) return new(SocketResult.Success, []);
        var (offer, why) = await NextAsync(id).ConfigureAwait(false);
        if (offer is not Frame.Offer offered) return new(Failed(why), []);
        var taken = await line.TakeAsync(offered, new Wanted(left.Names.Count)).ConfigureAwait(false);
        if (!taken.Result.Why.IsSuccess && taken.Result.Outcome is Moves.MoveOutcome.PeerLost) Lose(taken.Result.Why);
        return new(
            taken.Result.Why, [.. taken.Sockets.Select((socket, i) => new AdoptedSocket(left.Names[i], socket))]);
    }

    public void Dispose() => line.Dispose();

    private async ValueTask<SocketResult> AnswerAsync(
        KeeperFrame question, IReadOnlyList<SocketDescriptor> descriptors)
    {
        var (frame, result) = await AskAsync(question, descriptors).ConfigureAwait(false);
        return frame is KeeperFrame.Answer answer ? answer.Result : Failed(result);
    }

    private async ValueTask<(Frame? Frame, SocketResult Result)> AskAsync(
        KeeperFrame question, IReadOnlyList<SocketDescriptor> descriptors)
    {
        if (_lost is not null) return (null, _lost);
        var sent = await line.SendAsync(question, descriptors).ConfigureAwait(false);

        // One that is gone may have said why.
        if (!sent.IsSuccess && sent.Code is not ResultCode.EERESET) return (null, sent);
        return await NextAsync(question.Id).ConfigureAwait(false);
    }

    private async ValueTask<(Frame? Frame, SocketResult Result)> NextAsync(ulong id)
    {
        var bound = new Bound(options.AnswerTimeout, options.Handles.TimeProvider);
        while (true)
        {
            var arrival = await line.ReceiveAsync(bound.Left).ConfigureAwait(false);
            arrival.Descriptors.Dispose();
            if (arrival is { Frame: KeeperFrame or Frame.Offer } && arrival.Id == id)
                return (arrival.Frame, SocketResult.Success);
            if (arrival.IsEnd || bound.Left == TimeSpan.Zero) return (null, Lose(arrival.Result));
        }
    }

    private SocketResult Lose(SocketResult why)
    {
        _lost = new(ResultCode.EENOTCONN, $"The keeper is lost ({why.Code}): connect and deposit again");
        return why.IsSuccess ? _lost : why;
    }

    // Another answer than the question has.
    private SocketResult Failed(SocketResult result) => result.IsSuccess
        ? Lose(new(ResultCode.EEBADDATA, "the keeper answered something else"))
        : result;

    private sealed class Wanted(int count) : IRecipient
    {
        public ValueTask<SocketResult> AskAsync(Frame.Offer offer, CancellationToken cancellationToken) =>
            new(offer.Sockets.Count == count
                ? SocketResult.Success
                : new(ResultCode.EEBADDATA, $"{offer.Sockets.Count} sockets are offered; {count} were announced"));

        // What it is worth is the adopter's affair, who has nobody to leave it with.
        public SocketResult Check(IReadOnlyList<ArrivedSocket> sockets) => SocketResult.Success;
    }
}
