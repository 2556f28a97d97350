using System.Diagnostics.CodeAnalysis;
using Handoff.Transport.Engine;

namespace Handoff.Transport.Sockets;

// How a connection ends: closing, failing, aborting, their bounds, and which of them was first.
[SuppressMessage("Design", "CA1001", Justification =
    "The timer goes at the end.")]
internal sealed class ConnectionEnding
{
    private static readonly SocketResult Closed = SocketResult.Of(ResultCode.EEBADF);

    private readonly ConnectionCore _core;
    private readonly IStreamSocket _socket;
    private TaskCompletionSource<SocketResult>? _completion;
    private TaskCompletionSource<SocketResult>? _finished;
    private List<Exception>? _defects;
    private int _pumpsLeft = 2;
    private SocketResult? _cause;
    private bool _isTold;
    private ITimer? _timer;

    public ConnectionEnding(ConnectionCore core, IStreamSocket socket)
    {
        _core = core;
        _socket = socket;
    }

    // Made for who asks: most connections have only a listener.
    public Task<SocketResult> Completion
    {
        get
        {
            lock (_core.Gate) return TaskOf(ref _completion, isDue: _isTold);
        }
    }

    public Task<SocketResult> Finished
    {
        get
        {
            lock (_core.Gate) return TaskOf(ref _finished, isDue: IsFinishedTold);
        }
    }

    public bool IsFinishedTold { get; private set; }

    public IEndListener? Listener { get; set; }

    // Nothing is left to read, so nothing can be pushed back either.
    public bool IsFinished { get; private set; }

    // What the owner's calls are refused with, because this side closed or aborted; success where it did not.
    public SocketResult Refusal { get; private set; } = SocketResult.Success;

    public void Close()
    {
        var wakes = default(Wakes);
        lock (_core.Gate) Close(Closed, ref wakes);
        wakes.Fire();
    }

    public void Abort(SocketResult why)
    {
        var wakes = default(Wakes);
        lock (_core.Gate)
        {
            var isRunning = _core.Phase < ConnectionPhase.Stopping;
            if (isRunning) _core.SendSide.MarkFailed(why, ref wakes); // first, so that a pending flush fails
            Refuse(why, ref wakes);
            if (isRunning) AbortSocket(why, ref wakes);
        }

        wakes.Fire();
    }

    public async ValueTask DisposeAsync()
    {
        bool isClosing;
        lock (_core.Gate) isClosing = _core.Phase >= ConnectionPhase.Flushing;
        if (!isClosing) Abort(SocketResult.Of(ResultCode.EEABORTED));
        await Completion.ConfigureAwait(false);
    }

    // A pump that throws is a defect: the other one must not wait for it, and whoever awaits the end hears of it.
    public void PumpEnded(Exception? defect)
    {
        if (defect is not null)
        {
            lock (_core.Gate) (_defects ??= []).Add(defect);
            Abort(new SocketResult(ResultCode.EEABORTED, defect.Message));
        }

        if (Interlocked.Decrement(ref _pumpsLeft) > 0) return;
        lock (_core.Gate)
        {
            _core.Phase = ConnectionPhase.Ended;
            _cause ??= SocketResult.Success;
            _core.Out.Clear();
            _timer?.Dispose();
        }

        _socket.Dispose();
        _core.Options.OwnerScheduler.Schedule(static ending => ((ConnectionEnding)ending!).Tell(), this);
    }

    // An owner that completed both of its pipes is done with the connection.
    public void CloseIfOwnerIsDone(ref Wakes wakes)
    {
        if (_core.Delivery is Delivery.Held
            && _core.SendSide.State is not OutputState.Flowing
            && _core.Current is { Reader.IsCompleted: true })
            Close(Closed, ref wakes);
    }

    // What is refused from here on is refused with the reason; where it is none of a good end, it is the cause.
    public void Close(SocketResult why, ref Wakes wakes)
    {
        Refuse(why, ref wakes);
        if (_core.Phase >= ConnectionPhase.Flushing) return;
        if (why.Code is not ResultCode.EEBADF) _cause ??= why;
        _core.Phase = ConnectionPhase.Flushing;
        switch (_core.SendSide.State)
        {
            case OutputState.Failed failed:
                AbortSocket(failed.Why, ref wakes);
                return;
            case OutputState.Shut:
                OutputShut(ref wakes);
                break;
            default:
                _core.SendSide.Complete(ref wakes);
                Bound(_core.Options.CloseTimeout);
                break;
        }

        _core.WakePumps(ref wakes);
    }

    public void ReceiveFailed(ResultCode code, ref Wakes wakes)
    {
        if (_core.Phase >= ConnectionPhase.Stopping) return;
        var why = SocketResult.Of(code);
        _core.ReceiveSide.MarkFailed(why, ref wakes);
        _core.SendSide.MarkFailed(why, ref wakes);
        AbortSocket(why, ref wakes);
    }

    // What came before may still be in the system: receiving goes on to its end, for a bounded time.
    public void SendFailed(ResultCode code, ref Wakes wakes)
    {
        if (_core.Phase >= ConnectionPhase.Stopping) return;
        var why = SocketResult.Of(code);
        _cause ??= why;
        _core.SendSide.MarkFailed(why, ref wakes);
        if (_core.Phase is ConnectionPhase.Open && _core.ReceiveSide.State is InputState.Flowing)
        {
            Bound(_core.Options.CloseTimeout);
            return;
        }

        _core.ReceiveSide.MarkFailed(why, ref wakes);
        AbortSocket(why, ref wakes);
    }

    public void CheckFinished(ref Wakes wakes)
    {
        if (!_isTold || IsFinished) return;
        var isGivenUp = _core.Delivery is Delivery.Held && _core.Current is { Reader.IsCompleted: true };
        if (_core.In.UnreadLength > 0 && !isGivenUp && Refusal.IsSuccess) return;
        IsFinished = true;
        wakes.Finished = this;
    }

    public void TellFinished() =>
        _core.Options.OwnerScheduler.Schedule(static ending => ((ConnectionEnding)ending!).Finish(), this);

    public void OutputShut(ref Wakes wakes)
    {
        if (_core.Phase is not ConnectionPhase.Flushing) return;
        _core.Phase = ConnectionPhase.Lingering;
        if (_core.Options.Linger == TimeSpan.Zero) StopLingering(ref wakes);
        else Bound(_core.Options.Linger);
    }

    private void StopLingering(ref Wakes wakes)
    {
        _core.Phase = ConnectionPhase.Stopping;
        wakes.StoppedReceiving = _socket;
        _core.WakePumps(ref wakes);
    }

    private void Refuse(SocketResult why, ref Wakes wakes)
    {
        if (!Refusal.IsSuccess) return;
        Refusal = why;
        _core.Out.DropUnflushed();
        _core.In.Clear(_core.Current?.Reader.OpenLast);
        _core.NoticeInput(ref wakes);
        _core.NoticeOutput(ref wakes);
        CheckFinished(ref wakes);
    }

    private void AbortSocket(SocketResult why, ref Wakes wakes)
    {
        _cause ??= why;
        _core.Phase = ConnectionPhase.Stopping;
        wakes.Aborted = _socket;
        _core.WakePumps(ref wakes);
    }

    private void Bound(TimeSpan due)
    {
        _timer?.Dispose();
        _timer = _core.Options.TimeProvider.CreateTimer(
            static deadline => ((Deadline)deadline!).Pass(),
            new Deadline(this, _core.Phase),
            due,
            Timeout.InfiniteTimeSpan);
    }

    private void BoundIsReached(ConnectionPhase phase)
    {
        var wakes = default(Wakes);
        lock (_core.Gate)
        {
            if (_core.Phase != phase) return;
            if (phase is ConnectionPhase.Lingering)
            {
                StopLingering(ref wakes);
            }
            else
            {
                var why = _cause ?? SocketResult.Of(ResultCode.EETIMEDOUT);
                _core.ReceiveSide.MarkFailed(why, ref wakes);
                _core.SendSide.MarkFailed(why, ref wakes);
                AbortSocket(why, ref wakes);
            }
        }

        wakes.Fire();
    }

    private void Tell()
    {
        TaskCompletionSource<SocketResult>? completion;
        lock (_core.Gate)
        {
            _isTold = true;
            completion = _completion;
        }

        if (completion is not null) Complete(completion);
        var wakes = default(Wakes);
        lock (_core.Gate) CheckFinished(ref wakes);
        wakes.Fire();
    }

    private void Finish()
    {
        TaskCompletionSource<SocketResult>? finished;
        lock (_core.Gate)
        {
            IsFinishedTold = true;
            finished = _finished;
        }

        if (finished is not null) Complete(finished);
        Listener?.OnFinished(
            _defects is { } defects ? new SocketResult(ResultCode.EEABORTED, defects[0].Message) : _cause!);
    }

    private Task<SocketResult> TaskOf(ref TaskCompletionSource<SocketResult>? source, bool isDue)
    {
        if (source is not null) return source.Task;
        source = new TaskCompletionSource<SocketResult>();
        if (isDue) Complete(source);
        return source.Task;
    }

    private void Complete(TaskCompletionSource<SocketResult> source)
    {
        if (_defects is { } defects) source.TrySetException(defects);
        else source.TrySetResult(_cause!);
    }

    private sealed record Deadline(ConnectionEnding Ending, ConnectionPhase Phase)
    {
        public void Pass() => Ending.BoundIsReached(Phase);
    }
}
