namespace Akka.Streams;

public sealed class QueueOfferResult
{
    private QueueOfferResult()
    {
    }

    public sealed class Enqueued : IQueueOfferResult
    {
        public static readonly Enqueued Instance = new();

        private Enqueued()
        {
        }
    }

    public sealed class Dropped : IQueueOfferResult
    {
        public static readonly Dropped Instance = new();

        private Dropped()
        {
        }
    }

    public sealed class QueueClosed : IQueueOfferResult
    {
        public static readonly QueueClosed Instance = new();

        private QueueClosed()
        {
        }
    }

    public sealed class Failure : IQueueOfferResult
    {
        public Failure(Exception cause) => Cause = cause;

        public Exception Cause { get; }
    }
}
