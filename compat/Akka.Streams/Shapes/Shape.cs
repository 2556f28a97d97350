using System.Collections.Immutable;

namespace Akka.Streams;

public abstract class Shape : ICloneable
{
    protected Shape()
    {
    }

    public abstract ImmutableArray<Inlet> Inlets { get; }

    public abstract ImmutableArray<Outlet> Outlets { get; }

    public abstract Shape DeepCopy();

    public abstract Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets);

    public bool HasSamePortsAs(Shape shape) =>
        new HashSet<Inlet>(Inlets).SetEquals(shape.Inlets) && new HashSet<Outlet>(Outlets).SetEquals(shape.Outlets);

    public bool HasSamePortsAndShapeAs(Shape shape) => shape.GetType() == GetType() && HasSamePortsAs(shape);

    public object Clone() => DeepCopy();

    public sealed override string ToString() =>
        $"{GetType().Name}([{string.Join(", ", Inlets)}] [{string.Join(", ", Outlets)}])";

    // The copying constructors of the shapes take what CopyFromPorts was given.
    internal static void Expect(
        ImmutableArray<Inlet> inlets, int ins, ImmutableArray<Outlet> outlets, int outs, string shape)
    {
        if (inlets.Length != ins)
            throw new ArgumentException($"Proposed inlets [{string.Join(", ", inlets)}] do not fit {shape}");
        if (outlets.Length != outs)
            throw new ArgumentException($"Proposed outlets [{string.Join(", ", outlets)}] do not fit {shape}");
    }
}
