using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Frames;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Unix;

namespace Handoff.Transport.Handles.Rendezvous;

// Gets what another process gives under a name: finds its giver, claims the name, and comes back with the offer.
internal sealed class NameGetter(LinuxEngine engine, NameFiles names, RendezvousOptions options, PeerRule rule)
    : IDisposable
{
    private const ulong ClaimId = 1;

    // A giver that has just died, or has just begun: what stands under the name may be another's by then.
    private const int MostDials = 3;
    private readonly Lazy<NameWatch> _watch = new(() => new NameWatch(names.Path));
    private int _room = options.MaxWaiting;

    // What is given there is not looked for: the control path of whoever knows its own names.
    public string? Own { get; init; }

    // Without a time it finds what is given now. EENAMENOTFOUND, or EETIMEDOUT where it waited; EEQUOTA: max-waiting
    // are under way; else why the giver could not be asked, or would not give.
    public async ValueTask<(Claimed? Claimed, SocketResult Result)> GetAsync(
        string name, TimeSpan? within, CancellationToken cancellationToken)
    {
        if (Interlocked.Decrement(ref _room) >= 0)
        {
            try
            {
                return within is { } bound
                    ? await WaitAsync(name, bound, cancellationToken).ConfigureAwait(false)
                    : await TryAsync(name, options.Handles.AnswerTimeout, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Interlocked.Increment(ref _room);
            }
        }

        Interlocked.Increment(ref _room);
        return Failed(ResultCode.EEQUOTA, $"{options.MaxWaiting} gets are under way; handoff.give.max-waiting");
    }

    public void Dispose()
    {
        if (_watch.IsValueCreated) _watch.Value.Dispose();
    }

    private async ValueTask<(Claimed? Claimed, SocketResult Result)> WaitAsync(
        string name, TimeSpan within, CancellationToken cancellationToken)
    {
        var time = options.Handles.TimeProvider;
        var bound = new Bound(within, time);
        var key = NameRecord.KeyOf(name);
        while (true)
        {
            // Before it looks, so that no change falls between.
            using var interest = _watch.Value.In(key);
            var tried = await TryAsync(name, bound.Left, cancellationToken).ConfigureAwait(false);
            if (tried.Claimed is not null || !MayPass(tried.Result)) return tried;
            var left = bound.Left;
            if (left == TimeSpan.Zero)
                return Failed(ResultCode.EETIMEDOUT, $"'{name}' was not given within {within}; {tried.Result.Reason}");
            var pause = left < options.RecheckInterval ? left : options.RecheckInterval;
            await interest.Changed.WaitAsync(pause, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return Failed(ResultCode.EEINTR, $"'{name}' is not waited for any more");
        }
    }

    // Whether it may be otherwise in a while.
    private static bool MayPass(SocketResult result) => result.Code
        is ResultCode.EENAMENOTFOUND or ResultCode.EESOCKNOTRLSD or ResultCode.EEBADF or ResultCode.EECONNREFUSED
        or ResultCode.EERESET or ResultCode.EENOTCONN or ResultCode.EEBUSY or ResultCode.EEQUOTA
        or ResultCode.EETIMEDOUT;

    private async ValueTask<(Claimed? Claimed, SocketResult Result)> TryAsync(
        string name, TimeSpan within, CancellationToken cancellationToken)
    {
        var (channel, result) = await DialAsync(name, cancellationToken).ConfigureAwait(false);
        if (channel is null) return (null, result);
        var answer = options.Handles.AnswerTimeout;
        var (offer, why) = await ClaimAsync(channel, name, within < answer ? within : answer, cancellationToken)
            .ConfigureAwait(false);
        if (offer is not null) return (new Claimed(channel, offer), SocketResult.Success);
        channel.Dispose();
        return (null, why);
    }

    private async ValueTask<(FrameChannel? Channel, SocketResult Result)> DialAsync(
        string name, CancellationToken cancellationToken)
    {
        var last = NotFound(name);
        for (var i = 0; i < MostDials; i++)
        {
            using var found = names.Find(name);
            if (found is null || found.Record.Control == Own) return (null, NotFound(name));
            var record = found.Record;
            _ = UnixAddress.TryParse(record.Control, out var address, out _); // a record has no other
            var (channel, code) = await ControlDialer.ConnectAsync(
                engine, address!, options.Handles, rule, cancellationToken).ConfigureAwait(false);
            if (channel is not null) return (channel, SocketResult.Success);
            last = new(code, $"process {record.Giver} gives '{name}'; {record.Control}: {code.Text()}");
            if (code is not ResultCode.EECONNREFUSED) return (null, last);
            if (!found.IsHeld()) last = NotFound(name);
        }

        return (null, last);
    }

    private async ValueTask<(Frame.Offer? Offer, SocketResult Why)> ClaimAsync(
        FrameChannel channel, string name, TimeSpan within, CancellationToken cancellationToken)
    {
        var sent = await channel.SendAsync(new Frame.Claim(ClaimId, name, within), [], cancellationToken)
            .ConfigureAwait(false);

        // Of one that is gone the last word comes yet.
        if (!sent.IsSuccess && sent.Code is not ResultCode.EERESET) return (null, sent);
        var bound = new Bound(within, options.Handles.TimeProvider);
        while (true)
        {
            var arrival = await channel.ReceiveAsync(bound.Left, cancellationToken).ConfigureAwait(false);
            using var dropped = arrival.Descriptors;
            if (arrival.Frame is Frame.Offer { Id: ClaimId } offer) return (offer, SocketResult.Success);
            if (arrival.Frame is Frame.Decline { Id: ClaimId or 0 } declined) return (null, declined.Why);
            if (arrival.IsEnd || arrival.IsSilence) return (null, arrival.Result);
            if (bound.Left == TimeSpan.Zero) return (null, SocketResult.Of(ResultCode.EETIMEDOUT));
        }
    }

    private static SocketResult NotFound(string name) =>
        new(ResultCode.EENAMENOTFOUND, $"no process gives a socket as '{name}'");

    private static (Claimed? Claimed, SocketResult Result) Failed(ResultCode code, string why) =>
        (null, new SocketResult(code, why));
}
