namespace Akka.Event;

public class DummyClassForStringSources
{
}
