namespace Akka.TestKit.Internal;

internal sealed class EventCount(int wanted)
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _value;

    public Task Reached => _reached.Task;

    public int Value => Volatile.Read(ref _value);

    public void Add()
    {
        if (Interlocked.Increment(ref _value) == wanted)
            _reached.SetResult();
    }
}
