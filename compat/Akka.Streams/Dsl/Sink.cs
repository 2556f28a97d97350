using System.Collections.Immutable;
using Akka.Actor;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

public static class Sink
{
    public static Sink<TIn, TMat> FromGraph<TIn, TMat>(IGraph<SinkShape<TIn>, TMat> graph) =>
        graph as Sink<TIn, TMat> ?? new Sink<TIn, TMat>(graph.Blueprint);

    public static Sink<TIn, Task<IImmutableList<TIn>>> Seq<TIn>() => FromGraph(new SeqSink<TIn>());

    public static Sink<TIn, Task<TIn>> First<TIn>() => FromGraph(new OneSink<TIn>(takesFirst: true, orDefault: false));

    public static Sink<TIn, Task<TIn>> FirstOrDefault<TIn>() =>
        FromGraph(new OneSink<TIn>(takesFirst: true, orDefault: true));

    public static Sink<TIn, Task<TIn>> Last<TIn>() => FromGraph(new OneSink<TIn>(takesFirst: false, orDefault: false));

    public static Sink<TIn, Task<TIn>> LastOrDefault<TIn>() =>
        FromGraph(new OneSink<TIn>(takesFirst: false, orDefault: true));

    public static Sink<TIn, Task<Done>> ForEach<TIn>(Action<TIn> action) => Flow.Create<TIn>()
        .Select(input =>
        {
            action(input);
            return NotUsed.Instance;
        })
        .ToMaterialized(Ignore<NotUsed>(), Keep.Right)
        .Named("foreachSink");

    public static Sink<TIn, Task<Done>> ForEachAsync<TIn>(
        int parallelism, Func<TIn, Task> action) => Flow.Create<TIn>()
        .SelectAsyncUnordered(parallelism, async input =>
        {
            await action(input);
            return NotUsed.Instance;
        })
        .ToMaterialized(Ignore<NotUsed>(), Keep.Right)
        .Named("foreachAsyncSink");

    public static Sink<TIn, Task<Done>> Ignore<TIn>() => FromGraph(new IgnoreSink<TIn>());

    public static Sink<TIn, NotUsed> Cancelled<TIn>() => FromGraph(new CancelledSink<TIn>());

    public static Sink<TIn, Task<TOut>> Aggregate<TIn, TOut>(TOut zero, Func<TOut, TIn, TOut> aggregate) =>
        Flow.Create<TIn>().Aggregate(zero, aggregate).ToMaterialized(First<TOut>(), Keep.Right).Named("AggregateSink");

    public static Sink<TIn, Task<TIn>> Sum<TIn>(Func<TIn, TIn, TIn> reduce) =>
        Flow.Create<TIn>().Sum(reduce).ToMaterialized(First<TIn>(), Keep.Right).Named("SumSink");

    public static Sink<TIn, ISinkQueue<TIn>> Queue<TIn>() => FromGraph(new QueueSink<TIn>());

    public static Sink<TIn, NotUsed> OnComplete<TIn>(Action success, Action<Exception> failure) =>
        FromGraph(new OnCompleteSink<TIn>(success, failure));

    public static Sink<TIn, NotUsed> ActorRef<TIn>(
        IActorRef actorRef, object onCompleteMessage, Func<Exception, object> onFailureMessage) =>
        FromGraph(new ActorRefSink<TIn>(actorRef, onCompleteMessage, onFailureMessage));

    public static Sink<TIn, NotUsed> ActorRefWithAck<TIn>(
        IActorRef actorRef,
        object onInitMessage,
        object ackMessage,
        object onCompleteMessage,
        Func<Exception, object> onFailureMessage = null) =>
        FromGraph(new AckedActorRefSink<TIn>(
            actorRef, onInitMessage, ackMessage, onCompleteMessage, onFailureMessage ?? (e => new Status.Failure(e))));
}
