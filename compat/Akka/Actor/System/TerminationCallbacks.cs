using Akka.Event;

namespace Akka.Actor.Internal;

// Run when the last actor has stopped, the last registered first.
internal sealed class TerminationCallbacks
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Stack<Action> _callbacks = new();

    internal Task WhenDone => _done.Task;

    internal void Add(Action callback)
    {
        lock (_done)
        {
            if (_callbacks == null)
                throw new InvalidOperationException("ActorSystem already terminated.");
            _callbacks.Push(callback);
        }
    }

    // Elsewhere than on the dispatcher of the last actor, which one of them may shut down.
    internal void Run(ILoggingAdapter log) => ThreadPool.UnsafeQueueUserWorkItem(
        static state =>
        {
            state.self.RunAll(state.log);
            state.self._done.TrySetResult();
        },
        (self: this, log),
        preferLocal: false);

    private void RunAll(ILoggingAdapter log)
    {
        Stack<Action> callbacks;
        lock (_done)
        {
            callbacks = _callbacks;
            _callbacks = null;
        }

        foreach (var callback in callbacks ?? [])
        {
            try
            {
                callback();
            }
            catch (Exception cause)
            {
                log.Error(cause, "A callback of the actor system's termination failed");
            }
        }
    }
}
