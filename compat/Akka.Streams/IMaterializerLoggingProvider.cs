using Akka.Event;

namespace Akka.Streams;

public interface IMaterializerLoggingProvider
{
    ILoggingAdapter MakeLogger(object logSource);
}
