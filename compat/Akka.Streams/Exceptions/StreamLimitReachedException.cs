namespace Akka.Streams;

public class StreamLimitReachedException : Exception
{
    public StreamLimitReachedException(long max)
        : base($"Limit of {max} reached")
    {
    }
}
