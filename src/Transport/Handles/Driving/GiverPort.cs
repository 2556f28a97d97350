using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Driving;

// The giver's effects over a control socket.
internal sealed class GiverPort(FrameChannel channel, ulong id, IConsignment consignment, CancellationToken revoke)
    : IGiverPort, IDisposable
{
    private Bound _timer;
    private IReadOnlyList<QuiescedSocket> _sockets = [];
    private TakeOnceToken? _token;
    private bool _isRevoked;

    public async ValueTask<GiverEvent?> DoAsync(GiverEffect effect)
    {
        switch (effect)
        {
            case GiverEffect.SendOffer:
                return await OfferAsync().ConfigureAwait(false);
            case GiverEffect.StartTimer timer:
                _timer = new Bound(LengthOf(timer.Which), channel.Options.TimeProvider);
                return null;
            case GiverEffect.Quiesce:
                return await QuiesceAsync().ConfigureAwait(false);
            case GiverEffect.SendTransfer:
                return await TransferAsync().ConfigureAwait(false);
            case GiverEffect.TakeToken:
                return Take();
            case GiverEffect.Resume:
                consignment.Resume();
                return null;
            case GiverEffect.Close:
                consignment.Close();
                return null;
            case GiverEffect.SendWithdraw withdraw:
                channel.TrySend(new Frame.Withdraw(id, withdraw.Why));
                return null;
            default:
                return null;
        }
    }

    public async ValueTask<GiverEvent> NextAsync()
    {
        while (true)
        {
            if (revoke.IsCancellationRequested && !_isRevoked)
            {
                _isRevoked = true;
                return new GiverEvent.Revoked();
            }

            if (_timer.Left == TimeSpan.Zero) return new GiverEvent.Deadline();
            var stop = _isRevoked ? CancellationToken.None : revoke;
            var arrival = await channel.ReceiveAsync(_timer.Left, stop).ConfigureAwait(false);
            using (arrival.Descriptors)
            {
                if (EventOf(arrival) is { } happened) return happened;
            }
        }
    }

    public void Dispose() => _token?.Dispose();

    private TimeSpan LengthOf(MoveTimer timer) =>
        timer is MoveTimer.Answer ? channel.Options.AnswerTimeout : channel.Options.TransferTimeout;

    // What belongs to an earlier move is passed over. One move at a time: an offer or a claim of the other side, whose
    // id may be ours, has to wait.
    private GiverEvent? EventOf(FrameArrival arrival)
    {
        if (arrival.Frame is not (Frame.Offer or Frame.Claim)) return AnswerOf(arrival);
        channel.TrySend(new Frame.Decline(arrival.Id, new(ResultCode.EEBUSY, $"move {id} is not over")));
        return null;
    }

    private GiverEvent? AnswerOf(FrameArrival arrival) => arrival switch
    {
        { IsEnd: true } => new GiverEvent.PeerLost(arrival.Result),
        { IsSilence: true } => null,
        { Frame: null } => new GiverEvent.Confused(arrival.Result),
        { Frame: Frame.Decline { Id: 0 } turnedAway } => new GiverEvent.Declined(turnedAway.Why),
        _ when arrival.Id != id => null,
        { Frame: Frame.Accept } => new GiverEvent.Accepted(),
        { Frame: Frame.Decline declined } => new GiverEvent.Declined(declined.Why),
        { Frame: Frame.Adopted } => new GiverEvent.Adopted(),
        { Frame: Frame.Refuse refused } => new GiverEvent.Refused(refused.Why),
        _ => null,
    };

    private async ValueTask<GiverEvent?> OfferAsync()
    {
        // What becomes of it does not matter, as the offer tells whether the peer is there.
        if (consignment.Traces is { Count: > 0 } traces)
        {
            var told = new Frame.Traces(0, id, traces);
            _ = await channel.SendAsync(told, [], CancellationToken.None).ConfigureAwait(false);
        }

        var needs = consignment.Needs;
        var offer = new Frame.Offer(id, needs, channel.Options.AnswerTimeout, consignment.Label, consignment.Facts);
        var sent = await channel.SendAsync(offer, [], CancellationToken.None).ConfigureAwait(false);

        // A peer that is gone may have said why; what comes next is that, or its end.
        return sent.Code is ResultCode.EERESET ? null : Unsent(sent);
    }

    private async ValueTask<GiverEvent> QuiesceAsync()
    {
        using var late = new CancellationTokenSource(channel.Options.QuiesceTimeout, channel.Options.TimeProvider);
        var (sockets, result) = await consignment.QuiesceAsync(late.Token).ConfigureAwait(false);
        if (sockets is null) return new GiverEvent.NotQuiesced(result);
        _sockets = sockets;
        return new GiverEvent.Quiesced();
    }

    // The sockets have stopped: whatever goes wrong, the token tells whether they go on here.
    private async ValueTask<GiverEvent?> TransferAsync()
    {
        try
        {
            return Unsent(await SendAllAsync().ConfigureAwait(false));
        }
        catch (Exception failure)
        {
            return new GiverEvent.NotSent(new(
                ResultCode.EESEND, $"the transfer failed by {failure.GetType().Name}: {failure.Message}"));
        }
    }

    // The token goes last: who has less than all of it has no token, and cannot take anything.
    private async ValueTask<SocketResult> SendAllAsync()
    {
        var (parts, result) = Parts.Of(_sockets, channel.Options);
        if (parts is null) return result;
        _token = TakeOnceToken.Create(out var code);
        if (_token is null) return SocketResult.Of(code);
        var bound = await consignment.BindAsync(_token).ConfigureAwait(false);
        if (!bound.IsSuccess) return bound;
        var first = 0;

        // They may be long, and other sockets' bytes would wait for them on the loop.
        if (parts.Count > 1 || parts[0].Sum(socket => socket.Baggage.Size) > channel.Options.MaxFrame)
            await Task.Yield();
        foreach (var some in parts.SkipLast(1))
        {
            var part = new Frame.Part(id, first, [.. some.Select(socket => socket.Baggage)]);
            var sent = await SendAsync(part, [.. some.Select(socket => socket.Descriptor)]).ConfigureAwait(false);
            if (!sent.IsSuccess) return sent;
            first += some.Length;
        }

        var rest = parts[^1];
        var transfer = new Frame.Transfer(id, first, [.. rest.Select(socket => socket.Baggage)]);
        return await SendAsync(
            transfer, [_token.Descriptor, .. rest.Select(socket => socket.Descriptor)]).ConfigureAwait(false);
    }

    private ValueTask<SocketResult> SendAsync(Frame frame, IReadOnlyList<SocketDescriptor> descriptors) =>
        channel.SendAsync(frame, descriptors, CancellationToken.None);

    private static GiverEvent? Unsent(SocketResult sent) => sent.Code switch
    {
        ResultCode.EESUCCESS => null,
        ResultCode.EERESET => new GiverEvent.PeerLost(sent),
        _ => new GiverEvent.NotSent(sent),
    };

    // Without a token nothing was sent that anybody could take.
    private GiverEvent Take()
    {
        var code = _token?.Take() ?? ResultCode.EESUCCESS;
        if (code is ResultCode.EESUCCESS) return new GiverEvent.TokenTaken();
        if (code is ResultCode.EEWOULDBLOCK) return new GiverEvent.TokenGone();

        // Who has them cannot be known any more, and two users would be worse than none.
        consignment.Close();
        throw new InvalidOperationException($"The token of move {id} cannot be read: {code}.");
    }
}
