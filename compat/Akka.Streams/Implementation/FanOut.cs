using Akka.Streams.Dsl;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Implementation;

internal static class FanOut
{
    // What flows through goes to a sink too.
    public static IGraph<FlowShape<T, T>, TMat> Aside<T, TMat>(IGraph<SinkShape<T>, TMat> sink) =>
        new Flow<T, T, TMat>(new Wired(
            [((IGraph<UniformFanOutShape<T, T>>)new Broadcast<T>(2)).Blueprint, sink.Blueprint],
            [new Wire(new PartPort(0, 1), new PartPort(1, 0))],
            [new PartPort(0, 0)],
            [new PartPort(0, 0)],
            Wired.Combining<NotUsed, TMat, TMat>(Keep.Right)));
}
