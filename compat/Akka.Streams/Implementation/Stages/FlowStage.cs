using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal abstract class FlowStage<TIn, TOut> : GraphStage<FlowShape<TIn, TOut>>
{
    protected FlowStage()
    {
        Name = StageName.Of(GetType());
        In = new Inlet<TIn>(Name + ".in");
        Out = new Outlet<TOut>(Name + ".out");
        Shape = new FlowShape<TIn, TOut>(In, Out);
    }

    public Inlet<TIn> In { get; }

    public Outlet<TOut> Out { get; }

    public sealed override FlowShape<TIn, TOut> Shape { get; }

    protected sealed override Attributes InitialAttributes => Attributes.CreateName(Name);

    private string Name { get; }

    public override string ToString() => Name;
}
