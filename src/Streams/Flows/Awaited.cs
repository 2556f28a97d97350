namespace Handoff.Streams.Flows;

// A call of a lease that a stage waits for: once at a time, and its end is told to the stage.
internal sealed class Awaited<T>(Action ended)
{
    private ValueTask<T> _call;

    public bool IsPending { get; private set; }

    // Whether it has ended already.
    public bool Begin(ValueTask<T> call)
    {
        _call = call;
        if (call.IsCompleted) return true;
        IsPending = true;
        call.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(ended);
        return false;
    }

    public T End()
    {
        IsPending = false;
        return _call.Result;
    }
}
