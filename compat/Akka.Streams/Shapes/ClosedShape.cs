using System.Collections.Immutable;

namespace Akka.Streams;

public class ClosedShape : Shape
{
    public static readonly ClosedShape Instance = new();

    private ClosedShape()
    {
    }

    public override ImmutableArray<Inlet> Inlets => [];

    public override ImmutableArray<Outlet> Outlets => [];

    public override Shape DeepCopy() => this;

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, 0, outlets, 0, nameof(ClosedShape));
        return this;
    }
}
