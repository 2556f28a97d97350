using System.Net.Sockets;
using Handoff.Transport;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles;
using Handoff.Transport.Handles.Driving;
using Handoff.Transport.Handles.Moves;
using Handoff.Transport.Handles.Passing;
using Handoff.Transport.Handles.Rendezvous;

namespace Handoff.Processes;

// The way to a service in another process: a control connection for each move at a time, kept for the next one.
internal sealed class PeerRoute(
    LinuxEngine engine, HandleOptions options, UnixDomainSocketEndPoint to, string service, int most) : IDisposable
{
    private static ulong _numbers = (ulong)Random.Shared.NextInt64();

    private readonly Lock _gate = new();
    private readonly Stack<FrameChannel> _idle = [];
    private bool _isClosed;

    public string Service => service;

    public override string ToString() => $"{service} at {to}";

    // Ends when one of the two processes has the sockets for good, and their actors have been told.
    public async Task<MoveResult> CarryAsync(Consignment consignment)
    {
        var why = new SocketResult(ResultCode.EEABORTED, "the move failed");
        try
        {
            var result = await TryCarryAsync(consignment).ConfigureAwait(false);
            why = result.Why;
            return result;
        }
        finally
        {
            consignment.Tell(why);
        }
    }

    // Those that move something are closed when they are given back.
    public void Dispose()
    {
        FrameChannel[] idle;
        lock (_gate)
        {
            _isClosed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        foreach (var channel in idle) channel.Dispose();
    }

    private async Task<MoveResult> TryCarryAsync(Consignment consignment)
    {
        // An idle connection may have been closed at its other end meanwhile, and by now the process be another.
        while (Idle() is { } known)
        {
            var moved = await CarryOverAsync(known, consignment).ConfigureAwait(false);
            if (moved.Outcome is not MoveOutcome.PeerLost || consignment.HasStopped) return moved;
        }

        var result = await DialAsync(consignment).ConfigureAwait(false);

        // An older process knows no traces, and takes them for no beginning.
        return result.Why.Code is ResultCode.EEMODENOTSUPP && consignment.TryForgetTraces()
            ? await DialAsync(consignment).ConfigureAwait(false)
            : result;
    }

    private async Task<MoveResult> DialAsync(Consignment consignment)
    {
        var (fresh, code) = await ControlDialer
            .ConnectAsync(engine, to, options, PeerRule.SameUser, consignment.Revoked).ConfigureAwait(false);
        return fresh is null
            ? new MoveResult(MoveOutcome.PeerLost, new SocketResult(code, $"{this} is not reached: {code.Text()}"))
            : await CarryOverAsync(fresh, consignment).ConfigureAwait(false);
    }

    private async Task<MoveResult> CarryOverAsync(FrameChannel channel, Consignment consignment)
    {
        var isGood = false;
        try
        {
            var number = Interlocked.Increment(ref _numbers);
            var result = await Giver.GiveAsync(channel, number, consignment, consignment.Revoked)
                .ConfigureAwait(false);
            isGood = result.Outcome is MoveOutcome.Moved or MoveOutcome.Declined;
            return result;
        }
        finally
        {
            if (!isGood || !TryKeep(channel)) channel.Dispose();
        }
    }

    private FrameChannel? Idle()
    {
        lock (_gate) return _idle.TryPop(out var channel) ? channel : null;
    }

    private bool TryKeep(FrameChannel channel)
    {
        lock (_gate)
        {
            if (_isClosed || _idle.Count >= most) return false;
            _idle.Push(channel);
            return true;
        }
    }
}
