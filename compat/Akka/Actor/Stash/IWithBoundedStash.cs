namespace Akka.Actor;

public interface IWithBoundedStash : IWithUnrestrictedStash
{
}
