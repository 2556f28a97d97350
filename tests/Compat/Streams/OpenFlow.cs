using Akka.Streams;
using Akka.Streams.Stage;

namespace Handoff.Compat.Tests.Streams;

public sealed class OpenFlow<TIn, TOut>(Action<OpenLogic<TIn, TOut>> build) : GraphStage<FlowShape<TIn, TOut>>
{
    public override FlowShape<TIn, TOut> Shape { get; } = new(new Inlet<TIn>("open.in"), new Outlet<TOut>("open.out"));

    protected override GraphStageLogic CreateLogic(Attributes inheritedAttributes) =>
        new OpenLogic<TIn, TOut>(Shape, build);
}
