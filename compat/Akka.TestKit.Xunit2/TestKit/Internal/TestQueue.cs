namespace Akka.TestKit.Internal;

// What the test actor received and the test has not asked for yet. Its length is bounded by what a test sends.
internal sealed class TestQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<MessageEnvelope> _items = new();
    private TaskCompletionSource _arrival = NewArrival();

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _items.Count == 0;
        }
    }

    public void Add(MessageEnvelope envelope)
    {
        TaskCompletionSource arrival;
        lock (_gate)
        {
            _items.Enqueue(envelope);
            arrival = _arrival;
        }

        arrival.TrySetResult();
    }

    public bool TryTake(out MessageEnvelope envelope)
    {
        lock (_gate)
            return _items.TryDequeue(out envelope);
    }

    public bool TryPeek(out MessageEnvelope envelope)
    {
        lock (_gate)
            return _items.TryPeek(out envelope);
    }

    // Whether there is something to take; another taker may still be faster.
    public ValueTask<bool> WaitAsync(TimeSpan atMost, Wait how, CancellationToken cancellationToken)
    {
        Task arrival;
        lock (_gate)
        {
            if (_items.Count > 0)
                return new ValueTask<bool>(true);
            if (_arrival.Task.IsCompleted)
                _arrival = NewArrival();
            arrival = _arrival.Task;
        }

        return Waiting.For(arrival, atMost, how, cancellationToken);
    }

    private static TaskCompletionSource NewArrival() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
