namespace Akka.Event;

public interface IDeadLetterSuppression
{
}
