namespace Akka.TestKit;

// A test class that wears it tells without a sender.
public interface INoImplicitSender
{
}
