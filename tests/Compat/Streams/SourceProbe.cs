using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Streams;

public sealed class SourceProbe<T>(
    Action<T> push, Action complete, Action<Exception> fail, Action<TaskCompletionSource> settle)
{
    // A stage can be called back from then on.
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Signals Signals { get; } = new();

    public void Push(T element) => push(element);

    public async Task PushOnDemand(params T[] elements)
    {
        foreach (var element in elements)
        {
            await Signals.Expect<Signal.Pulled>();
            Push(element);
        }
    }

    public void Complete() => complete();

    public void Fail(Exception cause) => fail(cause);

    // After it, what this source was told before has been seen.
    public Task Settled()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        settle(done);
        return done.Task.WaitAsync(Journal.Patience);
    }
}
