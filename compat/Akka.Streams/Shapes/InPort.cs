namespace Akka.Streams;

public abstract class InPort
{
    internal const int Unbound = -1;

    protected InPort()
    {
    }

    // Which of its stage's ports this is, once there is a stage.
    internal int Id { get; set; } = Unbound;
}
