using System.Collections.Immutable;

namespace Akka.Streams;

public sealed class FlowShape<TIn, TOut> : Shape, IFlowShape
{
    public FlowShape(Inlet<TIn> inlet, Outlet<TOut> outlet)
    {
        ArgumentNullException.ThrowIfNull(inlet);
        ArgumentNullException.ThrowIfNull(outlet);
        Inlet = inlet;
        Outlet = outlet;
        Inlets = [inlet];
        Outlets = [outlet];
    }

    public Inlet<TIn> Inlet { get; }

    public Outlet<TOut> Outlet { get; }

    public override ImmutableArray<Inlet> Inlets { get; }

    public override ImmutableArray<Outlet> Outlets { get; }

    Inlet IFlowShape.Inlet => Inlet;

    Outlet IFlowShape.Outlet => Outlet;

    public override Shape DeepCopy() =>
        new FlowShape<TIn, TOut>((Inlet<TIn>)Inlet.CarbonCopy(), (Outlet<TOut>)Outlet.CarbonCopy());

    public override Shape CopyFromPorts(ImmutableArray<Inlet> inlets, ImmutableArray<Outlet> outlets)
    {
        Expect(inlets, 1, outlets, 1, nameof(FlowShape<TIn, TOut>));
        return new FlowShape<TIn, TOut>(
            Streams.Inlet.Create<TIn>(inlets[0]), Streams.Outlet.Create<TOut>(outlets[0]));
    }
}
