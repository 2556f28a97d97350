using Akka.Util;

namespace Akka.Streams;

public interface ISinkQueue<T>
{
    Task<Option<T>> PullAsync();
}
