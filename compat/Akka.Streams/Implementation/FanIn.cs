using Akka.Streams.Dsl;

namespace Akka.Streams.Implementation;

// A junction as a flow: what flows through goes into one port, another source into the other.
internal static class FanIn
{
    public static IGraph<FlowShape<TIn, TOut>, TMat> Second<TIn, TOther, TOut, TMat>(
        IGraph<FanInShape<TOut>, NotUsed> junction, IGraph<SourceShape<TOther>, TMat> other) =>
        Flowing<TIn, TOut, TMat>(junction.Blueprint, other.Blueprint, port: 0, otherPort: 1);

    public static IGraph<FlowShape<TIn, TOut>, TMat> First<TIn, TOther, TOut, TMat>(
        IGraph<FanInShape<TOut>, NotUsed> junction, IGraph<SourceShape<TOther>, TMat> other) =>
        Flowing<TIn, TOut, TMat>(junction.Blueprint, other.Blueprint, port: 1, otherPort: 0);

    private static Flow<TIn, TOut, TMat> Flowing<TIn, TOut, TMat>(
        Blueprint junction, Blueprint other, int port, int otherPort) => new(new Wired(
            [junction, other],
            [new Wire(new PartPort(1, 0), new PartPort(0, otherPort))],
            [new PartPort(0, port)],
            [new PartPort(0, 0)],
            Wired.Combining<NotUsed, TMat, TMat>(Keep.Right)));
}
