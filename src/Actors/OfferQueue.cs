using System.Threading.Channels;
using Handoff.Messages;

namespace Handoff;

// Offers that wait for whoever takes them, the oldest first. One that is over leaves it, so that it takes no place.
internal sealed class OfferQueue(int most)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Offered> _offers = [];
    private TaskCompletionSource _changed = Changing();
    private bool _closed;

    public bool IsEmpty
    {
        get
        {
            lock (_gate) return _offers.Count == 0;
        }
    }

    public bool TryAdd(Offered offered)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            if (_closed || _offers.Count >= most) return false;
            _offers.AddLast(offered);
            changed = Change();
        }

        changed.SetResult();
        return true;
    }

    public void Remove(OfferHandle offer)
    {
        lock (_gate)
        {
            for (var node = _offers.First; node is not null; node = node.Next)
            {
                if ((node.Value.Offer.Id, node.Value.Offer.Number) != (offer.Id, offer.Number)) continue;
                _offers.Remove(node);
                return;
            }
        }
    }

    public async ValueTask<Offered> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_offers.First is { } first)
                {
                    _offers.RemoveFirst();
                    return first.Value;
                }

                if (_closed) throw new ChannelClosedException();
                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // No more come; those that wait may still be taken.
    public void Close()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _closed = true;
            changed = Change();
        }

        changed.SetResult();
    }

    // What waits is the caller's to decline.
    public IReadOnlyList<Offered> Empty()
    {
        lock (_gate)
        {
            Offered[] left = [.. _offers];
            _offers.Clear();
            return left;
        }
    }

    private TaskCompletionSource Change()
    {
        var before = _changed;
        _changed = Changing();
        return before;
    }

    private static TaskCompletionSource Changing() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
