using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

// A bounded queue of many producers and one consumer, who keeps the position to take from. A slot carries the position
// that it is free for, and one more once it is filled (the bounded queue of 1024cores.net, by Dmitry Vyukov).
internal sealed class MessageRing
{
    private readonly Slot[] _slots;
    private MessageRing _next;
    private Padded _tail;

    // The length is a power of two.
    internal MessageRing(int length)
    {
        _slots = new Slot[length];
        for (var i = 0; i < length; i++)
            _slots[i].Turn = i;
    }

    // Where what no longer fits goes.
    internal MessageRing Next => Volatile.Read(ref _next);

    private int FrozenBy => 2 * _slots.Length;

    internal MessageRing NextOrNew(int longest)
    {
        if (Next is { } next)
            return next;
        var created = new MessageRing(Math.Min(2 * _slots.Length, longest));
        return Interlocked.CompareExchange(ref _next, created, null) ?? created;
    }

    // False where it is full, or frozen.
    internal bool TryAdd(Envelope envelope)
    {
        var slots = _slots;
        while (true)
        {
            var tail = Volatile.Read(ref _tail.Value);
            ref var slot = ref slots[tail & (slots.Length - 1)];
            var early = tail - Volatile.Read(ref slot.Turn);
            if (early > 0)
                return false;

            // Where it is less than none another took the position, and the tail has moved.
            if (early == 0 && Interlocked.CompareExchange(ref _tail.Value, tail + 1, tail) == tail)
            {
                slot.Envelope = envelope;
                Volatile.Write(ref slot.Turn, tail + 1);
                return true;
            }
        }
    }

    internal bool TryTake(int head, out Envelope envelope)
    {
        var slots = _slots;
        ref var slot = ref slots[head & (slots.Length - 1)];
        if (Volatile.Read(ref slot.Turn) != head + 1)
        {
            envelope = default;
            return false;
        }

        envelope = slot.Envelope;
        slot.Envelope = default;
        Volatile.Write(ref slot.Turn, head + slots.Length);
        return true;
    }

    // What is in it, and what is being put in.
    internal int CountFrom(int head)
    {
        var count = Volatile.Read(ref _tail.Value) - head;
        return count >= FrozenBy ? count - FrozenBy : count;
    }

    // From here on nothing can be added: the tail is where no slot is free for it. By the consumer, and only where
    // there is a next.
    internal void Freeze(int head)
    {
        if (Volatile.Read(ref _tail.Value) - head < FrozenBy)
            Interlocked.Add(ref _tail.Value, FrozenBy);
    }

    private struct Slot
    {
        internal Envelope Envelope;
        internal int Turn;
    }
}
