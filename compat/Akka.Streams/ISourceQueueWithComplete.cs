namespace Akka.Streams;

public interface ISourceQueueWithComplete<in T> : ISourceQueue<T>
{
    void Complete();

    void Fail(Exception ex);

    new Task WatchCompletionAsync();
}
