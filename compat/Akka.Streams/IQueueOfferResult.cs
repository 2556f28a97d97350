namespace Akka.Streams;

public interface IQueueOfferResult
{
}
