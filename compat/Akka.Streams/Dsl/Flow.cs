using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

public static class Flow
{
    public static Flow<T, T, NotUsed> Create<T>() => FromGraph(new Identity<T>());

    public static Flow<T, T, NotUsed> Identity<T>() => Create<T>();

    public static Flow<TIn, TOut, NotUsed> FromFunction<TIn, TOut>(Func<TIn, TOut> function) =>
        FromGraph(new Select<TIn, TOut>(function));

    public static Flow<TIn, TOut, TMat> FromGraph<TIn, TOut, TMat>(IGraph<FlowShape<TIn, TOut>, TMat> graph) =>
        graph as Flow<TIn, TOut, TMat> ?? new Flow<TIn, TOut, TMat>(graph.Blueprint);

    public static Flow<TIn, TOut, NotUsed> FromSinkAndSource<TIn, TOut, TMat>(
        IGraph<SinkShape<TIn>, TMat> sink, IGraph<SourceShape<TOut>, TMat> source) =>
        FromSinkAndSource(sink, source, Keep.None);

    public static Flow<TIn, TOut, TMat> FromSinkAndSource<TIn, TOut, TMat1, TMat2, TMat>(
        IGraph<SinkShape<TIn>, TMat1> sink,
        IGraph<SourceShape<TOut>, TMat2> source,
        Func<TMat1, TMat2, TMat> combine) =>
        new(Wired.SideBySide(
            sink.Blueprint, source.Blueprint, [new PartPort(0, 0)], [new PartPort(1, 0)], combine));
}
