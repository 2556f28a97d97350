using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;

namespace Handoff.Transport.Handles.Driving;

// The taker's effects over a control socket.
internal sealed class TakerPort(FrameChannel channel, Frame.Offer offer, IRecipient recipient)
    : ITakerPort, IAsyncDisposable
{
    public const HandleCapabilities Known =
        HandleCapabilities.Streams | HandleCapabilities.Listeners | HandleCapabilities.Datagrams
        | HandleCapabilities.Records | HandleCapabilities.Batches | HandleCapabilities.SealedFrames
        | HandleCapabilities.Attachments | HandleCapabilities.Associations;

    private readonly CancellationTokenSource _stopAsking = new();
    private readonly List<TakenSocket> _copies = [];
    private Bound _timer;
    private Task<SocketResult>? _asking;
    private FrameArrival? _kept;
    private TakeOnceToken? _token;
    private bool _isAccepted;
    private long _bytes;

    // The caller's; empty unless it moved.
    public IReadOnlyList<TakenSocket> Taken { get; private set; } = [];

    public async ValueTask<TakerEvent?> DoAsync(TakerEffect effect)
    {
        switch (effect)
        {
            case TakerEffect.Ask:
                return Ask();
            case TakerEffect.StartTimer timer:
                _timer = new Bound(LengthOf(timer.Which), channel.Options.TimeProvider);
                return null;
            case TakerEffect.SendAccept:
                _isAccepted = true;
                var sent = await channel.SendAsync(new Frame.Accept(offer.Id), [], CancellationToken.None)
                    .ConfigureAwait(false);
                return sent.IsSuccess ? null : new TakerEvent.PeerLost(sent);
            case TakerEffect.SendDecline decline:
                channel.TrySend(new Frame.Decline(offer.Id, decline.Why));
                return null;
            case TakerEffect.SendRefuse refuse:
                channel.TrySend(new Frame.Refuse(offer.Id, refuse.Why));
                return null;
            case TakerEffect.SendAdopted:
                channel.TrySend(new Frame.Adopted(offer.Id));
                return null;
            case TakerEffect.TakeToken:
                return Take();
            case TakerEffect.Admit:
                Taken = [.. _copies];
                _copies.Clear();
                return null;
            case TakerEffect.CloseCopies:
                Drop();
                return null;
            default:
                return null;
        }
    }

    public async ValueTask<TakerEvent> NextAsync()
    {
        while (true)
        {
            if (_asking is { IsCompleted: true } answered)
            {
                _asking = null;
                var answer = await answered.ConfigureAwait(false);
                return answer.IsSuccess ? new TakerEvent.Agreed() : new TakerEvent.Denied(answer);
            }

            if (_timer.Left == TimeSpan.Zero) return new TakerEvent.Deadline();
            var arrival = _kept ?? await ReceiveAsync().ConfigureAwait(false);
            _kept = null;
            if (_asking is { IsCompleted: true } && !arrival.IsSilence)
            {
                _kept = arrival;
                continue;
            }

            using (arrival.Descriptors)
            {
                if (EventOf(arrival) is { } happened)
                    return happened is TakerEvent.TransferCame ? await CheckAsync().ConfigureAwait(false) : happened;
            }
        }
    }

    // Whoever is still asked hears that it is not any more, and has once more the time of an answer to end. One that
    // does not is left alone: the giver was answered without it, and what it says yet is heard by nobody.
    public async ValueTask DisposeAsync()
    {
        _kept?.Descriptors.Dispose();
        Drop();
        if (_asking is { IsCompleted: false } asking)
        {
            var ended = Task.WhenAll(_stopAsking.CancelAsync(), asking);
            await ended.WaitAsync(channel.Options.AnswerTimeout, channel.Options.TimeProvider)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended.IsCompleted) return;
        }

        _stopAsking.Dispose();
    }

    private TimeSpan LengthOf(MoveTimer timer)
    {
        if (timer is not MoveTimer.Answer) return channel.Options.TransferTimeout;
        var own = channel.Options.AnswerTimeout;
        return offer.AnswerWithin < own ? offer.AnswerWithin : own;
    }

    // What this build cannot take is declined before anybody is asked.
    private TakerEvent.Denied? Ask()
    {
        var unknown = offer.Needs & ~Known;
        if (unknown != 0)
        {
            return new TakerEvent.Denied(new(
                ResultCode.EEMODENOTSUPP, $"the offer needs what this taker does not know: {unknown:x}"));
        }

        if (offer.Sockets.Count > channel.Options.MaxSockets)
        {
            return new TakerEvent.Denied(new(
                ResultCode.EEQUOTA, $"{offer.Sockets.Count} sockets; {channel.Options.MaxSockets} may come at once"));
        }

        _asking = AskAsync();
        return null;
    }

    private async Task<SocketResult> AskAsync()
    {
        try
        {
            return await recipient.AskAsync(offer, _stopAsking.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopAsking.IsCancellationRequested)
        {
            return SocketResult.Of(ResultCode.EEINTR);
        }
        catch (Exception failure)
        {
            return new(
                ResultCode.EEABORTED, $"whoever was asked failed by {failure.GetType().Name}: {failure.Message}");
        }
    }

    // Also ends, silent, when the recipient has answered.
    private async ValueTask<FrameArrival> ReceiveAsync()
    {
        if (_asking is not { } asking)
            return await channel.ReceiveAsync(_timer.Left, CancellationToken.None).ConfigureAwait(false);
        using var answered = new CancellationTokenSource();
        var receiving = channel.ReceiveAsync(_timer.Left, answered.Token).AsTask();
        await Task.WhenAny(asking, receiving).ConfigureAwait(false);
        if (!receiving.IsCompleted) await answered.CancelAsync().ConfigureAwait(false);
        return await receiving.ConfigureAwait(false);
    }

    private TakerEvent? EventOf(FrameArrival arrival)
    {
        if (arrival.IsEnd) return new TakerEvent.PeerLost(arrival.Result);
        if (arrival.IsSilence) return null;
        if (arrival.Frame is null) return new TakerEvent.TransferBroken(arrival.Result);
        if (arrival.Frame is Frame.Offer or Frame.Claim)
        {
            channel.TrySend(new Frame.Decline(arrival.Id, new(ResultCode.EEBUSY, $"move {offer.Id} is not over")));
            return null;
        }

        if (arrival.Id != offer.Id) return null;
        return arrival.Frame switch
        {
            Frame.Withdraw withdrawn => new TakerEvent.Withdrawn(withdrawn.Why),
            Frame.Part part => Collect(part.First, part.Baggage, arrival.Descriptors, isLast: false),
            Frame.Transfer transfer => Collect(transfer.First, transfer.Baggage, arrival.Descriptors, isLast: true),
            _ => null,
        };
    }

    // The sockets of a batch come in order, and the token with the last of them.
    private TakerEvent? Collect(
        int first, IReadOnlyList<SocketBaggage> baggage, PassedDescriptors passed, bool isLast)
    {
        var total = first + baggage.Count;
        if (!_isAccepted)
            return new TakerEvent.TransferBroken(new(ResultCode.EEBADDATA, "sockets came before they were accepted"));
        if (first != _copies.Count || total > offer.Sockets.Count || (isLast && total != offer.Sockets.Count))
        {
            return new TakerEvent.TransferBroken(new(
                ResultCode.EEBADDATA,
                $"sockets {first} to {total} came, after {_copies.Count} of {offer.Sockets.Count}"));
        }

        _bytes += baggage.Sum(one => one.Size);
        if (_bytes > channel.Options.MaxMove)
        {
            return new TakerEvent.TransferBroken(new(
                ResultCode.EEMSGSIZE, $"{_bytes} bytes of one move; it may have {channel.Options.MaxMove}"));
        }

        if (isLast) _token = new TakeOnceToken(passed.Take());
        foreach (var one in baggage)
            _copies.Add(new TakenSocket(passed.Take(), offer.Sockets[_copies.Count], one));
        return isLast ? new TakerEvent.TransferCame() : null;
    }

    // A check that does not end in the time of the transfer is left alone: it has no descriptor, and nobody hears what
    // it says yet.
    private async ValueTask<TakerEvent> CheckAsync()
    {
        ArrivedSocket[] arrived = [.. _copies.Select(copy => new ArrivedSocket(copy.Facts, copy.Baggage))];
        var checking = Task.Run(() => Check(arrived));
        await ((Task)checking).WaitAsync(_timer.Left, channel.Options.TimeProvider)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var answer = checking.IsCompleted
            ? await checking.ConfigureAwait(false)
            : new(ResultCode.EETIMEDOUT, "the check of what came did not end in time");
        return answer.IsSuccess ? new TakerEvent.TransferCame() : new TakerEvent.TransferBroken(answer);
    }

    private SocketResult Check(IReadOnlyList<ArrivedSocket> arrived)
    {
        try
        {
            return recipient.Check(arrived);
        }
        catch (Exception failure)
        {
            return new(
                ResultCode.EEABORTED, $"the check of what came failed by {failure.GetType().Name}: {failure.Message}");
        }
    }

    private TakerEvent Take()
    {
        var code = _token!.Take();
        return code switch
        {
            ResultCode.EESUCCESS => new TakerEvent.TokenTaken(),
            ResultCode.EEWOULDBLOCK => new TakerEvent.TokenGone(),
            _ => new TakerEvent.TokenBroken(new(code, "what came as the token of the move is none")),
        };
    }

    private void Drop()
    {
        foreach (var copy in _copies) copy.Descriptor.Dispose();
        _copies.Clear();
        _token?.Dispose();
    }
}
