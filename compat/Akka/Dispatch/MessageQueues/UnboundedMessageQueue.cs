using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

// Anybody puts in; the actor takes out, and what cleans up after it. A ring that is full has a longer one behind it.
public class UnboundedMessageQueue : IMessageQueue
{
    // Most actors never have more waiting; the longest is reused by an actor that lags, and may be followed by more.
    private const int Shortest = 2;
    private const int Longest = 1 << 16;

    // Made by the first message: many actors live and die without one.
    private MessageRing _last;
    private MessageRing _first;
    private int _cleaning;
    private Padded _head;

    // What is being put in counts: who puts it in may have looked at the mailbox before the message could be seen.
    public bool HasMessages
    {
        get
        {
            var head = _head.Value;
            for (var ring = Volatile.Read(ref _first); ring != null; ring = ring.Next, head = 0)
            {
                if (ring.CountFrom(head) != 0)
                    return true;
            }

            return false;
        }
    }

    public int Count
    {
        get
        {
            var head = _head.Value;
            var count = 0;
            for (var ring = Volatile.Read(ref _first); ring != null; ring = ring.Next, head = 0)
                count += ring.CountFrom(head);
            return count;
        }
    }

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last) ?? CreateFirst();
            if (last.TryAdd(envelope))
                return;
            Interlocked.CompareExchange(ref _last, last.NextOrNew(Longest), last);
        }
    }

    public bool TryDequeue(out Envelope envelope)
    {
        var ring = Volatile.Read(ref _first);
        if (ring == null)
        {
            envelope = default;
            return false;
        }

        if (!ring.TryTake(_head.Value, out envelope))
            return TryDequeueSlowly(ring, out envelope);
        _head.Value++;
        return true;
    }

    // Whoever finds another at it leaves it to the other, who looks again.
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (HasMessages && Interlocked.Exchange(ref _cleaning, 1) == 0)
        {
            try
            {
                while (TryDequeue(out var envelope))
                    deadletters.Enqueue(owner, envelope);
            }
            finally
            {
                Interlocked.Exchange(ref _cleaning, 0);
            }
        }
    }

    private bool TryDequeueSlowly(MessageRing ring, out Envelope envelope)
    {
        var spin = default(SpinWait);
        while (true)
        {
            if (ring.TryTake(_head.Value, out envelope))
            {
                _head.Value++;
                return true;
            }

            if (ring.CountFrom(_head.Value) != 0)
            {
                // It has its place and is being put there.
                spin.SpinOnce(sleep1Threshold: -1);
                continue;
            }

            if (ring.Next is not { } next)
                return false;

            // A producer that took it for the last may add to it until it is frozen.
            ring.Freeze(_head.Value);
            if (ring.CountFrom(_head.Value) != 0)
                continue;
            _head.Value = 0;
            Volatile.Write(ref _first, next);
            ring = next;
        }
    }

    private MessageRing CreateFirst()
    {
        var created = new MessageRing(Shortest);
        var first = Interlocked.CompareExchange(ref _first, created, null) ?? created;
        return Interlocked.CompareExchange(ref _last, first, null) ?? first;
    }
}
