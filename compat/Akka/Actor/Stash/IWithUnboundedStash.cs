namespace Akka.Actor;

public interface IWithUnboundedStash : IWithUnrestrictedStash
{
}
