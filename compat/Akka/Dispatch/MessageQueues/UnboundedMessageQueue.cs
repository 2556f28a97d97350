using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Dispatch.MessageQueues;

public class UnboundedMessageQueue : IMessageQueue
{
    // Made by the first message: many actors live and die without one, and a queue is a kilobyte.
    private ConcurrentQueue<Envelope> _queue;

    public bool HasMessages => Volatile.Read(ref _queue) is { IsEmpty: false };

    public int Count => Volatile.Read(ref _queue)?.Count ?? 0;

    public void Enqueue(IActorRef receiver, Envelope envelope) =>
        (Volatile.Read(ref _queue) ?? CreateQueue()).Enqueue(envelope);

    public bool TryDequeue(out Envelope envelope)
    {
        var queue = Volatile.Read(ref _queue);
        if (queue != null)
            return queue.TryDequeue(out envelope);
        envelope = default;
        return false;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }

    private ConcurrentQueue<Envelope> CreateQueue()
    {
        var queue = new ConcurrentQueue<Envelope>();
        return Interlocked.CompareExchange(ref _queue, queue, null) ?? queue;
    }
}
