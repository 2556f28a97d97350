using Akka.Dispatch.SysMsg;

namespace Akka.Actor.Internal;

// The sender of a question: the first answer completes it. It gets a path, and is found by it, only if somebody looks.
internal sealed class AskRef<T> : MinimalActorRef
{
    private readonly LocalActorRefProvider _provider;
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ActorPath _path;
    private TimeSpan _timeout;
    private Timer _timer;
    private CancellationTokenRegistration _cancellation;

    internal AskRef(LocalActorRefProvider provider) => _provider = provider;

    public override ActorPath Path => Volatile.Read(ref _path) ?? CreatePath();

    internal Task<T> Result => _result.Task;

    internal override IInternalActorRef ParentRef => _provider.TempContainer;

    public override IActorRefProvider Provider => _provider;

    internal void ExpireAfter(TimeSpan timeout)
    {
        _timeout = timeout;
        _timer = new Timer(static state => ((AskRef<T>)state).Expire(), this, timeout, Timeout.InfiniteTimeSpan);
    }

    internal void CancelBy(CancellationToken token) =>
        _cancellation = token.Register(
            static (state, canceled) => ((AskRef<T>)state).Finish(
                ((AskRef<T>)state)._result.TrySetCanceled(canceled)),
            this);

    protected override void TellInternal(object message, IActorRef sender)
    {
        var accepted = message switch
        {
            SystemMessage => Fail(new InvalidOperationException(
                $"system message of type '{message.GetType().Name}' is invalid for an ask")),
            T answer => _result.TrySetResult(answer),
            null => _result.TrySetResult(default),
            Status.Failure failure => Fail(
                failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => Fail(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        Finish(accepted);
        if (!accepted && !_result.Task.IsCanceled)
            _provider.DeadLetters.Tell(message ?? default(T), this);
    }

    private bool Fail(Exception cause) => _result.TrySetException(cause);

    private void Expire() =>
        Finish(Fail(new AskTimeoutException($"Timeout after {_timeout.TotalSeconds:F2} seconds")));

    private void Finish(bool first)
    {
        if (!first)
            return;
        _timer?.Dispose();
        _cancellation.Unregister();
        if (Volatile.Read(ref _path) is { } path)
            _provider.UnregisterTemporary(path);
    }

    private ActorPath CreatePath()
    {
        var created = _provider.NextTempPath();
        if (Interlocked.CompareExchange(ref _path, created, null) is { } earlier)
            return earlier;
        _provider.RegisterTemporary(this);
        if (_result.Task.IsCompleted)
            _provider.UnregisterTemporary(created);
        return created;
    }
}
