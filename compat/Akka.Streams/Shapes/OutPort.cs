namespace Akka.Streams;

public abstract class OutPort
{
    protected OutPort()
    {
    }

    internal int Id { get; set; } = InPort.Unbound;
}
