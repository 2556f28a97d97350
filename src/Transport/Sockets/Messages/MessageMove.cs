using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Sockets.Messages;

// How a socket stops for another process to have it, and goes on here if that does not take it.
internal sealed class MessageMove(MessageCore core)
{
    private TaskCompletionSource? _still;

    // Neither loop begins anything: where it would, it waits.
    public bool IsUnderWay => _still is not null;

    // Delivery is paused already. A failure has no effect.
    public async ValueTask<(DetachedMessages? Socket, SocketResult Result)> BeginAsync(
        CancellationToken cancellationToken)
    {
        if (core.Socket is not IPassable passable)
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
            : (null, new SocketResult(ResultCode.EETIMEDOUT, "the socket did not stop in time"));
        if (taken.Socket is null) GoOn();
        return taken;
    }

    // It stays.
    public void GoOn()
    {
        (core.Socket as IPassable)?.GoOn();
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            _still = null;
            core.WakeLoops(ref wakes);
        }

        wakes.Fire();
    }

    // It is another process's: here it ends, and a peer hears nothing of it.
    public void Leave()
    {
        (core.Socket as IPassable)?.Leave();
        core.Ending.Leave();
    }

    // Under the gate, where a loop may have stopped.
    public void NoticeStill()
    {
        if (_still is { } still && core.Receiver.IsStill && core.Sender.IsStill) still.TrySetResult();
    }

    // What has happened until it was lent counts: the last call of a loop may have brought the end.
    private (DetachedMessages? Socket, SocketResult Result) Take(IPassable passable)
    {
        var (descriptor, code) = passable.Lend();
        if (descriptor is null) return (null, SocketResult.Of(code));
        lock (core.Gate)
        {
            return Ended() is { } end ? (null, end) : (StateWith(descriptor), SocketResult.Success);
        }
    }

    private DetachedMessages StateWith(SocketDescriptor descriptor) =>
        new(core.In.First, core.Out.End, core.In.Copy(), core.Out.Copy())
        {
            Descriptor = descriptor,
            IsInputFinished = core.Receiver.State is InputState.Finished,
            IsReset = core.Receiver.IsReset,
            IsOutputFinished = core.Sender.IsFinishing,
        };

    private SocketResult? Obstacle()
    {
        if (_still is not null) return new(ResultCode.EEALREADY, "the socket is on its way already");
        return core.Delivery is Delivery.Held ? new(ResultCode.EEBUSY, "the socket is in use") : Ended();
    }

    private SocketResult? Ended()
    {
        if (core.Receiver.State is InputState.Failed) return new(ResultCode.EENOTCONN, "the socket has failed");
        return core.Phase is not ConnectionPhase.Open || !core.Ending.Refusal.IsSuccess
            ? new(ResultCode.EEBADF, "the socket is closed")
            : null;
    }
}
