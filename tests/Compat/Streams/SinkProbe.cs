using Akka.Streams;

namespace Handoff.Compat.Tests.Streams;

public sealed class SinkProbe<T>(Action pull, Action<Exception> cancel)
{
    // A stage can be called back from then on.
    public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Signals Signals { get; } = new();

    public void Pull() => pull();

    public void Cancel() => Cancel(SubscriptionWithCancelException.NoMoreElementsNeeded.Instance);

    public void Cancel(Exception cause) => cancel(cause);

    public async Task<T> PullNext()
    {
        Pull();
        return await Next();
    }

    public async Task<T> Next() => (T)(await Signals.Expect<Signal.Next>()).Element!;
}
