using System.Collections.Immutable;

namespace Akka.Streams;

public sealed class SinkShape<TIn> : Shape
{
    public readonly Inlet<TIn> Inlet;

    public SinkShape(Inlet<TIn> inlet)
    {
        ArgumentNullException.ThrowIfNull(inlet);
        Inlet = inlet;
        Inlets = [inlet];
    }

    public override ImmutableArray<Inlet> Inlets { get; }

    public override ImmutableArray<Outlet> Outlets => [];

    public override Shape DeepCopy() => new SinkShape<TIn>((Inlet<TIn>)Inlet.CarbonCopy());

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, 1, outlets, 0, nameof(SinkShape<TIn>));
        return new SinkShape<TIn>(Streams.Inlet.Create<TIn>(inlets[0]));
    }

    public override bool Equals(object obj) => obj is SinkShape<TIn> other && Inlet.Equals(other.Inlet);

    public override int GetHashCode() => Inlet.GetHashCode();
}
