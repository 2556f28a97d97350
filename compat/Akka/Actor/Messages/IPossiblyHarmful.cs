namespace Akka.Actor;

public interface IPossiblyHarmful
{
}
