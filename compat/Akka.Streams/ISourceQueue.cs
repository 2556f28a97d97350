namespace Akka.Streams;

public interface ISourceQueue<in T>
{
    Task<IQueueOfferResult> OfferAsync(T element);

    Task WatchCompletionAsync();
}
