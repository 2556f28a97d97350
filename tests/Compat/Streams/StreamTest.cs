using System.Collections.Immutable;
using Akka.Streams;
using Akka.Streams.Dsl;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Streams;

public abstract class StreamTest : ActorTest
{
    protected StreamTest(string hocon = "")
        : base(hocon) => Materializer = Sys.Materializer();

    protected ActorMaterializer Materializer { get; }

    protected Task<IImmutableList<T>> All<T, TMat>(Source<T, TMat> source) =>
        source.RunWith(Sink.Seq<T>(), Materializer).WaitAsync(Patience);

    protected static async Task<TException> FailureOf<TException>(Task task)
        where TException : Exception
    {
        var cause = await Assert.ThrowsAnyAsync<Exception>(() => task.WaitAsync(Patience));
        return Assert.IsType<TException>(cause is AggregateException { InnerExceptions: [var only] } ? only : cause);
    }

    protected (SourceProbe<TIn> Source, SinkProbe<TOut> Sink) Probe<TIn, TOut, TMat>(
        IGraph<FlowShape<TIn, TOut>, TMat> flow)
    {
        var probes = Source.FromGraph(new ProbedSource<TIn>())
            .Via(flow)
            .ToMaterialized(new ProbedSink<TOut>(), Keep.Both)
            .Run(Materializer);
        Assert.True(Task.WaitAll([probes.Item1.Started.Task, probes.Item2.Started.Task], Patience));
        return probes;
    }
}
