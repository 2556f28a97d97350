namespace Akka.Streams;

public enum ThrottleMode
{
    Shaping,
    Enforcing,
}
