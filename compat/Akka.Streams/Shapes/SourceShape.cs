using System.Collections.Immutable;

namespace Akka.Streams;

public sealed class SourceShape<TOut> : Shape
{
    public readonly Outlet<TOut> Outlet;

    public SourceShape(Outlet<TOut> outlet)
    {
        ArgumentNullException.ThrowIfNull(outlet);
        Outlet = outlet;
        Outlets = [outlet];
    }

    public override ImmutableArray<Inlet> Inlets => [];

    public override ImmutableArray<Outlet> Outlets { get; }

    public override Shape DeepCopy() => new SourceShape<TOut>((Outlet<TOut>)Outlet.CarbonCopy());

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, 0, outlets, 1, nameof(SourceShape<TOut>));
        return new SourceShape<TOut>(Streams.Outlet.Create<TOut>(outlets[0]));
    }

    public override bool Equals(object obj) => obj is SourceShape<TOut> other && Outlet.Equals(other.Outlet);

    public override int GetHashCode() => Outlet.GetHashCode();
}
