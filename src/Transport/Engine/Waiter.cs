using System.IO.Pipelines;
using System.Threading.Tasks.Sources;

namespace Handoff.Transport.Engine;

/// <summary>
/// One wait at a time, reused for ever. Armed and resolved under its user's lock; fired after the lock is left,
/// because whoever waits goes on from there.
/// </summary>
internal class Waiter<T>(PipeScheduler scheduler) : IValueTaskSource<T>, IThreadPoolWorkItem
{
    private enum State
    {
        Idle,
        Waiting,
        Resolved,
    }

    private ManualResetValueTaskSourceCore<T> _core;
    private T? _value;
    private Exception? _failure;
    private volatile State _state;

    public bool IsWaiting => _state is State.Waiting;

    public short Version => _core.Version;

    public ValueTask<T> Armed => new(this, _core.Version);

    public void Arm()
    {
        if (_state is not State.Idle) throw new InvalidOperationException("The last result was not awaited.");
        _core.Reset();
        _state = State.Waiting;
    }

    // It was not to be waited for after all, and nobody has seen that it was armed.
    public void Disarm() => _state = State.Idle;

    public void Resolve(T value)
    {
        _value = value;
        _state = State.Resolved;
    }

    public void Fail(Exception failure)
    {
        _failure = failure;
        _state = State.Resolved;
    }

    public void Fire()
    {
        if (ReferenceEquals(scheduler, PipeScheduler.ThreadPool))
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false); // the scheduler would allocate a work item
        else
            scheduler.Schedule(static waiter => ((Waiter<T>)waiter!).Execute(), this);
    }

    public void Execute()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            _core.SetException(failure);
            return;
        }

        var value = _value!;
        _value = default;
        _core.SetResult(value);
    }

    public T GetResult(short token)
    {
        if (token != _core.Version) throw new InvalidOperationException("The result was taken already.");
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _state = State.Idle;
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _core.OnCompleted(continuation, state, token, flags);
}
