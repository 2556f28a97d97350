using System.Buffers;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets;

// How a connection stops for another process to have it, and goes on here if that does not take it.
internal sealed class ConnectionMove(ConnectionCore core, IStreamSocket socket)
{
    private TaskCompletionSource? _still;

    // Neither pump begins anything.
    public bool IsUnderWay => _still is not null;

    // Delivery is paused already. A failure has no effect.
    public async ValueTask<(Detached? Connection, SocketResult Result)> BeginAsync(CancellationToken cancellationToken)
    {
        if (socket is not IPassable passable)
            return (null, new(ResultCode.EEMODENOTSUPP, "the socket's engine hands no descriptor out"));
        Task still;
        lock (core.Gate)
        {
            if (Obstacle() is { } obstacle) return (null, obstacle);
            _still = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            NoticeStill();
            still = _still.Task;
        }

        passable.Pause();
        await still.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var taken = still.IsCompleted
            ? Take(passable)
            : (null, new SocketResult(ResultCode.EETIMEDOUT, "the connection did not stop in time"));
        if (taken.Connection is null) GoOn();
        return taken;
    }

    // It stays.
    public void GoOn()
    {
        var wakes = default(Wakes);
        lock (core.Gate)
        {
            if (_still is null) return;
            _still = null;
        }

        (socket as IPassable)?.GoOn();
        lock (core.Gate) core.WakePumps(ref wakes);
        wakes.Fire();
    }

    // It is another process's: here it ends, and its peer hears nothing of it.
    public void Leave()
    {
        (socket as IPassable)?.Leave();
        core.Ending.Leave();
    }

    // Under the gate, where a pump may have stopped.
    public void NoticeStill()
    {
        if (_still is { } still && core.ReceiveSide.IsStill && core.SendSide.IsStill) still.TrySetResult();
    }

    // What has happened until it was lent counts: the last call of a pump may have brought the end.
    private (Detached? Connection, SocketResult Result) Take(IPassable passable)
    {
        var (descriptor, code) = passable.Lend();
        if (descriptor is null) return (null, SocketResult.Of(code));
        lock (core.Gate)
        {
            return Ended() is { } end ? (null, end) : (StateWith(descriptor), SocketResult.Success);
        }
    }

    private Detached StateWith(SocketDescriptor descriptor) => new(
        core.In.Consumed,
        core.Out.Accepted,
        core.In.Unread.Slice(0, core.In.UnreadAlone).ToArray(),
        core.Out.Unsent == 0 ? default : core.Out.Batch(int.MaxValue).ToArray())
    {
        Descriptor = descriptor,
        // Behind bytes that are still in the system the FIN is there, too.
        IsInputFinished = core.ReceiveSide.State is InputState.Finished && core.In.UnreadAlone == core.In.UnreadLength,
        IsInputShut = core.ReceiveSide.State is InputState.Shut,
        IsOutputFinished = core.SendSide.State is OutputState.Completing or OutputState.Shut,
    };

    private SocketResult? Obstacle()
    {
        if (_still is not null) return new(ResultCode.EEALREADY, "the connection is on its way already");
        if (core.Delivery is Delivery.Held or Delivery.Spliced)
            return new(ResultCode.EEBUSY, "the connection is in use");
        return Ended();
    }

    private SocketResult? Ended()
    {
        if (core.Phase > ConnectionPhase.Open || !core.Ending.Refusal.IsSuccess)
            return new(ResultCode.EEBADF, "the connection is closed");
        return core.ReceiveSide.State is InputState.Failed || core.SendSide.State is OutputState.Failed
            ? new(ResultCode.EENOTCONN, "the connection has failed")
            : null;
    }
}
