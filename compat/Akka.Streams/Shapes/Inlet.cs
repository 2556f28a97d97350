namespace Akka.Streams;

public abstract class Inlet : InPort
{
    public readonly string Name;

    protected Inlet(string name) => Name = name ?? throw new ArgumentException("Inlet name must be defined");

    public static Inlet<T> Create<T>(Inlet inlet) => inlet as Inlet<T> ?? new Inlet<T>(inlet.Name);

    public abstract Inlet CarbonCopy();

    public sealed override string ToString() => Name;
}

public sealed class Inlet<T> : Inlet
{
    public Inlet(string name)
        : base(name)
    {
    }

    public override Inlet CarbonCopy() => new Inlet<T>(Name);
}
