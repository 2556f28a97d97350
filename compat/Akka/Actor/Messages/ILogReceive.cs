namespace Akka.Actor;

public interface ILogReceive
{
}
