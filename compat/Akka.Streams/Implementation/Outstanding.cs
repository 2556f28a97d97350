namespace Akka.Streams.Implementation;

// What others wait for from a stage. When the stage ends, nobody is left waiting.
internal sealed class Outstanding<T>
{
    private readonly Lock _lock = new();
    private readonly HashSet<Promise<T>> _promises = [];
    private Exception _ended;

    // Already broken where the stage has ended; then nothing need be sent.
    public Promise<T> Open(out bool isOpen)
    {
        var promise = new Promise<T>();
        lock (_lock)
        {
            isOpen = _ended == null;
            if (isOpen)
                _promises.Add(promise);
        }

        if (!isOpen)
            promise.Break(_ended);
        return promise;
    }

    public void Keep(Promise<T> promise, T value)
    {
        Forget(promise);
        promise.TrySetResult(value);
    }

    public void Break(Promise<T> promise, Exception cause)
    {
        Forget(promise);
        promise.Break(cause);
    }

    public void End(Exception cause)
    {
        Promise<T>[] left;
        lock (_lock)
        {
            _ended ??= cause;
            left = [.. _promises];
            _promises.Clear();
        }

        foreach (var promise in left)
            promise.Break(cause);
    }

    private void Forget(Promise<T> promise)
    {
        lock (_lock)
            _promises.Remove(promise);
    }
}
