namespace Akka.Streams;

public abstract class Outlet : OutPort
{
    public readonly string Name;

    protected Outlet(string name) => Name = name ?? throw new ArgumentException("Outlet name must be defined");

    public static Outlet<T> Create<T>(Outlet outlet) => outlet as Outlet<T> ?? new Outlet<T>(outlet.Name);

    public abstract Outlet CarbonCopy();

    public sealed override string ToString() => Name;
}

public sealed class Outlet<T> : Outlet
{
    public Outlet(string name)
        : base(name)
    {
    }

    public override Outlet CarbonCopy() => new Outlet<T>(Name);
}
