namespace Akka.Streams.Implementation;

// A queue that is at most so long; the strategy says what becomes of what comes then.
internal sealed class BoundedBuffer<T>(int size, OverflowStrategy strategy)
{
    private readonly LinkedList<T> _elements = new();

    public bool IsEmpty => _elements.Count == 0;

    public bool IsFull => _elements.Count >= size;

    // Nothing more may come.
    public bool Holds => IsFull && strategy == OverflowStrategy.Backpressure;

    public BufferOffer Offer(T element)
    {
        if (!IsFull)
        {
            _elements.AddLast(element);
            return BufferOffer.Taken;
        }

        switch (strategy)
        {
            case OverflowStrategy.DropHead when size > 0:
                _elements.RemoveFirst();
                break;
            case OverflowStrategy.DropTail when size > 0:
                _elements.RemoveLast();
                break;
            case OverflowStrategy.DropBuffer when size > 0:
                _elements.Clear();
                break;
            case OverflowStrategy.Fail:
                return BufferOffer.Failed;
            default:
                return BufferOffer.Refused;
        }

        _elements.AddLast(element);
        return BufferOffer.TakenForAnother;
    }

    public bool TryTake(out T element)
    {
        if (IsEmpty)
        {
            element = default;
            return false;
        }

        element = _elements.First.Value;
        _elements.RemoveFirst();
        return true;
    }

    public void Clear() => _elements.Clear();
}
