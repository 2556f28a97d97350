using System.Diagnostics.CodeAnalysis;

namespace Handoff.Transport.Sockets.Messages;

// How a socket ends: closing, failing, aborting, their bound, and which of them was first.
[SuppressMessage("Design", "CA1001", Justification =
    "The timer goes at the end.")]
internal sealed class MessageEnding(MessageCore core)
{
    private readonly TaskCompletionSource<SocketResult> _completion = new();
    private readonly TaskCompletionSource<SocketResult> _finished = new();
    private Task _loops = Task.CompletedTask;
    private int _loopsLeft = 2;
    private List<Exception>? _defects;
    private SocketResult? _cause;
    private bool _isTold;
    private ITimer? _timer;
    private IEndListener? _listener;

    public Task<SocketResult> Completion => _completion.Task;

    public Task<SocketResult> Finished => _finished.Task;

    public bool IsFinishedTold => _finished.Task.IsCompleted;

    // Told once, also where it was over before; the next one in its place is told instead.
    public IEndListener? Listener
    {
        set
        {
            Volatile.Write(ref _listener, value);
            if (IsFinishedTold) TellListener();
        }
    }

    // Nothing is left to read.
    public bool IsFinished { get; private set; }

    // What the owner's calls are refused with, because this side closed or aborted; success where it did not.
    public SocketResult Refusal { get; private set; } = SocketResult.Success;

    // Once.
    public void Run() => _loops = Task.WhenAll(core.Receiver.RunAsync(), core.Sender.RunAsync());

    // The last one sees to the end, where it is: nothing here waits for a task.
    public void LoopEnded()
    {
        if (Interlocked.Decrement(ref _loopsLeft) > 0) return;
        lock (core.Gate)
        {
            core.Phase = ConnectionPhase.Ended;
            _cause ??= SocketResult.Success;
            core.Out.Clear();
            _timer?.Dispose();
        }

        core.Socket.Dispose();
        core.Options.OwnerScheduler.Schedule(static ending => ((MessageEnding)ending!).Tell(), this);
    }

    public void Close()
    {
        var wakes = default(MessageWakes);
        bool isNew;
        lock (core.Gate)
        {
            Refuse(SocketResult.Of(ResultCode.EEBADF), ref wakes);
            isNew = core.Phase is ConnectionPhase.Created;
            if (core.Phase < ConnectionPhase.Flushing)
            {
                core.Phase = ConnectionPhase.Flushing;
                if (core.Out.Count > 0) Bound(core.Options.CloseTimeout);
                wakes.StoppedReceiving = core.Socket;
                core.WakeLoops(ref wakes);
            }
        }

        wakes.Fire();
        if (isNew) Run();
    }

    public void Abort(SocketResult why)
    {
        var wakes = default(MessageWakes);
        bool isNew;
        lock (core.Gate)
        {
            isNew = core.Phase is ConnectionPhase.Created;
            Refuse(why, ref wakes);
            if (core.Phase < ConnectionPhase.Stopping) wakes.Aborted = core.Socket;
            Stop(why, ref wakes);
        }

        wakes.Fire();
        if (isNew) Run();
    }

    // A loop that throws is a defect: the other one must not wait for it, and whoever awaits the end hears of it.
    public void Abort(Exception defect)
    {
        lock (core.Gate) (_defects ??= []).Add(defect);
        Abort(new SocketResult(ResultCode.EEABORTED, defect.Message));
    }

    // Another process has the socket: the loops end, it has ended for nobody here, and a peer is told nothing.
    public void Leave()
    {
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            _cause ??= SocketResult.Success;
            Listener = null;
            core.EndLease(ref wakes);
            if (Refusal.IsSuccess) Refusal = SocketResult.Of(ResultCode.EEBADF);
            core.In.Clear();
            if (core.Phase < ConnectionPhase.Stopping) core.Phase = ConnectionPhase.Stopping;
            core.WakeLoops(ref wakes);
        }

        wakes.Fire();
    }

    public async ValueTask DisposeAsync()
    {
        bool isClosing;
        lock (core.Gate) isClosing = core.Phase >= ConnectionPhase.Flushing;
        if (!isClosing) Abort(SocketResult.Of(ResultCode.EEABORTED));
        await Completion.ConfigureAwait(false);
        await _loops.ConfigureAwait(false);
    }

    // The socket is broken; what came before stays readable.
    public void Failed(SocketResult why, ref MessageWakes wakes)
    {
        if (core.Phase >= ConnectionPhase.Stopping) return;
        core.Receiver.MarkFailed(why, ref wakes);
        Stop(why, ref wakes);
        core.NoticeOutput(ref wakes);
    }

    public void CheckFinished(ref MessageWakes wakes)
    {
        if (!_isTold || IsFinished || (core.In.Count > 0 && Refusal.IsSuccess)) return;
        IsFinished = true;
        wakes.Finished = this;
    }

    public void TellFinished() =>
        core.Options.OwnerScheduler.Schedule(static ending => ((MessageEnding)ending!).Finish(), this);

    private void Stop(SocketResult why, ref MessageWakes wakes)
    {
        if (core.Phase >= ConnectionPhase.Stopping) return;
        _cause ??= why;
        core.Phase = ConnectionPhase.Stopping;
        wakes.Closed = core.Socket;
        core.WakeLoops(ref wakes);
    }

    private void Refuse(SocketResult why, ref MessageWakes wakes)
    {
        if (!Refusal.IsSuccess) return;
        Refusal = why;
        if (core.Current is { Reader.IsOpen: true }) core.In.DiscardFirst();
        core.In.Clear();
        core.NoticeInput(ref wakes);
        core.NoticeOutput(ref wakes);
        CheckFinished(ref wakes);
    }

    private void Bound(TimeSpan due) => _timer = core.Options.TimeProvider.CreateTimer(
        static ending => ((MessageEnding)ending!).BoundIsReached(), this, due, Timeout.InfiniteTimeSpan);

    private void BoundIsReached()
    {
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            if (core.Phase < ConnectionPhase.Stopping) wakes.Aborted = core.Socket;
            Stop(SocketResult.Of(ResultCode.EETIMEDOUT), ref wakes);
        }

        wakes.Fire();
    }

    private void Tell()
    {
        var wakes = default(MessageWakes);
        lock (core.Gate)
        {
            _isTold = true;
            CheckFinished(ref wakes);
        }

        Complete(_completion);
        wakes.Fire();
    }

    private void Finish()
    {
        Complete(_finished);
        TellListener();
    }

    private void TellListener() => Interlocked.Exchange(ref _listener, null)?.OnFinished(
        _defects is { } defects ? new SocketResult(ResultCode.EEABORTED, defects[0].Message) : _cause!);

    private void Complete(TaskCompletionSource<SocketResult> source)
    {
        if (_defects is { } defects) source.TrySetException(defects);
        else source.TrySetResult(_cause!);
    }
}
