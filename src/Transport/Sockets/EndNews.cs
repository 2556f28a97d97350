namespace Handoff.Transport.Sockets;

// Who is told how a connection ended: whoever awaits it, and one listener. The tasks are made for who asks, because
// most connections have only a listener.
internal abstract class EndNews(ConnectionCore core)
{
    private TaskCompletionSource<SocketResult>? _completion;
    private TaskCompletionSource<SocketResult>? _finished;
    private IEndListener? _listener;
    private List<Exception>? _defects;

    public Task<SocketResult> Completion
    {
        get
        {
            lock (core.Gate) return TaskOf(ref _completion, isDue: IsEndTold);
        }
    }

    public Task<SocketResult> Finished
    {
        get
        {
            lock (core.Gate) return TaskOf(ref _finished, isDue: IsFinishedTold);
        }
    }

    public bool IsFinishedTold { get; private set; }

    protected ConnectionCore Core => core;

    // The first wins.
    protected SocketResult? Cause { get; set => field ??= value; }

    protected bool IsEndTold { get; private set; }

    // Once, whether the end has been told by then or not.
    public void TellTo(IEndListener listener)
    {
        lock (core.Gate)
        {
            _listener = listener;
            if (!IsFinishedTold) return;
        }

        core.Options.OwnerScheduler.Schedule(static news => ((EndNews)news!).TellListener(), this);
    }

    // Under the gate: it has ended for nobody here.
    protected void TellNobody() => _listener = null;

    // Under the gate.
    protected void Add(Exception defect) => (_defects ??= []).Add(defect);

    protected void TellEnd()
    {
        TaskCompletionSource<SocketResult>? completion;
        lock (core.Gate)
        {
            IsEndTold = true;
            completion = _completion;
        }

        if (completion is not null) Complete(completion);
    }

    protected void TellListeners()
    {
        TaskCompletionSource<SocketResult>? finished;
        lock (core.Gate)
        {
            IsFinishedTold = true;
            finished = _finished;
        }

        if (finished is not null) Complete(finished);
        TellListener();
    }

    private void TellListener()
    {
        IEndListener? listener;
        lock (core.Gate) listener = _listener;
        listener?.OnFinished(
            _defects is { } defects ? new SocketResult(ResultCode.EEABORTED, defects[0].Message) : Cause!);
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
        else source.TrySetResult(Cause!);
    }
}
