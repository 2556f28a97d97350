using System.Diagnostics.CodeAnalysis;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// How a connection ends: closing, failing, aborting, their bounds, and which of them was first.
[SuppressMessage("Design", "CA1001", Justification =
    "The timer goes at the end.")]
internal sealed class ConnectionEnding(ConnectionCore core, IStreamSocket socket) : EndNews(core)
{
    private static readonly SocketResult Closed = SocketResult.Of(ResultCode.EEBADF);

    private int _pumpsLeft = 2;
    private ITimer? _timer;

    // Nothing is left to read, so nothing can be pushed back either.
    public bool IsFinished { get; private set; }

    // What the owner's calls are refused with, because this side closed or aborted; success where it did not.
    public SocketResult Refusal { get; private set; } = SocketResult.Success;

    public void Close() => Core.Close(Closed);

    public void Abort(SocketResult why)
    {
        var wakes = default(Wakes);
        lock (Core.Gate)
        {
            var isRunning = Core.Phase < ConnectionPhase.Stopping;
            if (isRunning) Core.SendSide.MarkFailed(why, ref wakes); // first, so that a pending flush fails
            Refuse(why, ref wakes);
            if (isRunning) AbortSocket(why, ref wakes);
        }

        wakes.Fire();
    }

    public async ValueTask DisposeAsync()
    {
        bool isClosing;
        lock (Core.Gate) isClosing = Core.Phase >= ConnectionPhase.Flushing;
        if (!isClosing) Abort(SocketResult.Of(ResultCode.EEABORTED));
        await Completion.ConfigureAwait(false);
    }

    // A pump that throws is a defect: the other one must not wait for it, and whoever awaits the end hears of it.
    public void PumpEnded(Exception? defect)
    {
        if (defect is not null)
        {
            lock (Core.Gate) Add(defect);
            Core.Succession?.HaveFailed();
            Abort(new SocketResult(ResultCode.EEABORTED, defect.Message));
        }

        if (Interlocked.Decrement(ref _pumpsLeft) > 0) return;
        lock (Core.Gate)
        {
            Core.Phase = ConnectionPhase.Ended;
            Cause = SocketResult.Success;
            Core.Out.Clear();
            _timer?.Dispose();
        }

        if (Core.Succession is null) socket.Dispose();
        Core.Options.OwnerScheduler.Schedule(static ending => ((ConnectionEnding)ending!).Tell(), this);
    }

    // Another process has the connection: the pumps end, and nothing is said to the peer.
    public void Leave()
    {
        var wakes = default(Wakes);
        lock (Core.Gate)
        {
            Cause = SocketResult.Success;
            TellNobody();
            if (Refusal.IsSuccess) Refusal = Closed;
            Core.EndLease(ref wakes);
            Core.In.Clear(openLast: null);
            if (Core.Phase < ConnectionPhase.Stopping) Core.Phase = ConnectionPhase.Stopping;
            Core.WakePumps(ref wakes);
        }

        wakes.Fire();
    }

    // Another connection goes on with the socket: nobody hears of an end, and nobody uses this one any more.
    public void Succeed(ref Wakes wakes)
    {
        Cause = SocketResult.Success;
        TellNobody();
        if (Refusal.IsSuccess) Refusal = Closed;
        Core.EndLease(ref wakes);
        Core.WakePumps(ref wakes);
    }

    // An owner that completed both of its pipes is done with the connection; if it is not its own, it goes back.
    public void CloseIfOwnerIsDone(ref Wakes wakes)
    {
        if (Core.Delivery is not Delivery.Held || Core.Current is not { IsDone: true } lease) return;
        if (lease.IsLent) lease.GiveBack("the borrower completed both pipes", ref wakes);
        else Close(Closed, ref wakes);
    }

    // What is refused from here on is refused with the reason; where it is none of a good end, it is the cause.
    public void Close(SocketResult why, ref Wakes wakes)
    {
        Refuse(why, ref wakes);
        if (Core.Phase >= ConnectionPhase.Flushing) return;
        if (why.Code is not ResultCode.EEBADF) Cause = why;
        Core.Phase = ConnectionPhase.Flushing;
        switch (Core.SendSide.State)
        {
            case OutputState.Failed failed:
                AbortSocket(failed.Why, ref wakes);
                return;
            case OutputState.Shut:
                OutputShut(ref wakes);
                break;
            default:
                Core.SendSide.Complete(ref wakes);
                Bound(Core.Options.CloseTimeout);
                break;
        }

        Core.WakePumps(ref wakes);
    }

    public void ReceiveFailed(ResultCode code, ref Wakes wakes)
    {
        if (Core.Phase >= ConnectionPhase.Stopping) return;
        var why = SocketResult.Of(code);
        Core.ReceiveSide.MarkFailed(why, ref wakes);
        Core.SendSide.MarkFailed(why, ref wakes);
        AbortSocket(why, ref wakes);
    }

    // Durable reads only: what the owner waits for does not fit where it has to stay until it is consumed.
    public void TooLong(ref Wakes wakes)
    {
        if (Core.Phase is not ConnectionPhase.Open) return;
        var why = new SocketResult(
            ResultCode.EEMSGSIZE,
            $"{Core.In.UnreadLength} bytes are unread and none is consumed; durable reads hold "
            + $"{Core.Options.DurableBuffer} in the system");
        Core.ReceiveSide.MarkFailed(why, ref wakes);
        Core.SendSide.MarkFailed(why, ref wakes);
        AbortSocket(why, ref wakes);
    }

    // What came before may still be in the system: receiving goes on to its end, for a bounded time.
    public void SendFailed(ResultCode code, ref Wakes wakes)
    {
        if (Core.Phase >= ConnectionPhase.Stopping) return;
        var why = SocketResult.Of(code);
        Cause = why;
        Core.SendSide.MarkFailed(why, ref wakes);
        if (Core.Phase is ConnectionPhase.Open && Core.ReceiveSide.State is InputState.Flowing)
        {
            Bound(Core.Options.CloseTimeout);
            return;
        }

        Core.ReceiveSide.MarkFailed(why, ref wakes);
        AbortSocket(why, ref wakes);
    }

    public void CheckFinished(ref Wakes wakes)
    {
        if (!IsEndTold || IsFinished || Core.Link is not null) return;
        var isGivenUp = Core.Delivery is Delivery.Held && Core.Current is { HasCompletedInput: true, IsLent: false };
        if (Core.In.UnreadLength > 0 && !isGivenUp && Refusal.IsSuccess) return;
        IsFinished = true;
        wakes.Finished = this;
    }

    public void TellFinished() =>
        Core.Options.OwnerScheduler.Schedule(static ending => ((ConnectionEnding)ending!).TellListeners(), this);

    public void OutputShut(ref Wakes wakes)
    {
        if (Core.Phase is not ConnectionPhase.Flushing) return;
        Core.Phase = ConnectionPhase.Lingering;
        if (Core.Options.Linger == TimeSpan.Zero) StopLingering(ref wakes);
        else Bound(Core.Options.Linger);
    }

    private void StopLingering(ref Wakes wakes)
    {
        Core.Phase = ConnectionPhase.Stopping;
        wakes.StoppedReceiving = socket;
        Core.WakePumps(ref wakes);
    }

    private void Refuse(SocketResult why, ref Wakes wakes)
    {
        if (!Refusal.IsSuccess) return;
        Refusal = why;
        Core.Out.DropUnflushed();
        Core.In.Clear(Core.Current?.Reader.OpenLast);
        Core.NoticeInput(ref wakes);
        Core.NoticeOutput(ref wakes);
        CheckFinished(ref wakes);
    }

    private void AbortSocket(SocketResult why, ref Wakes wakes)
    {
        Cause = why;
        Core.Phase = ConnectionPhase.Stopping;
        wakes.Aborted = socket;
        Core.WakePumps(ref wakes);
    }

    private void Bound(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = Core.Options.TimeProvider.CreateTimer(
            static deadline => ((Deadline)deadline!).Pass(),
            new Deadline(this, Core.Phase),
            due,
            Timeout.InfiniteTimeSpan);
    }

    private void BoundIsReached(ConnectionPhase phase)
    {
        var wakes = default(Wakes);
        lock (Core.Gate)
        {
            if (Core.Phase != phase) return;
            if (phase is ConnectionPhase.Lingering)
            {
                StopLingering(ref wakes);
            }
            else
            {
                var why = Cause ?? SocketResult.Of(ResultCode.EETIMEDOUT);
                Core.ReceiveSide.MarkFailed(why, ref wakes);
                Core.SendSide.MarkFailed(why, ref wakes);
                AbortSocket(why, ref wakes);
            }
        }

        wakes.Fire();
    }

    private void Tell()
    {
        TellEnd();
        var wakes = default(Wakes);
        lock (Core.Gate) CheckFinished(ref wakes);
        wakes.Fire();
    }

    private sealed record Deadline(ConnectionEnding Ending, ConnectionPhase Phase)
    {
        public void Pass() => Ending.BoundIsReached(Phase);
    }
}
