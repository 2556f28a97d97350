using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class SourceOperations
{
    public static Source<TOut, TMat> Buffer<TOut, TMat>(
        this Source<TOut, TMat> flow, int size, OverflowStrategy strategy) =>
        flow.Via(new Buffer<TOut>(AtLeastOne(size), strategy));

    public static Source<TOut, TMat> Conflate<TOut, TMat>(
        this Source<TOut, TMat> flow, Func<TOut, TOut, TOut> aggregate) =>
        flow.Via(new Batch<TOut, TOut>(1, _ => 0, element => element, aggregate));

    public static Source<TOut, TMat> Detach<TOut, TMat>(this Source<TOut, TMat> flow) =>
        flow.Via(new Detach<TOut>());

    public static Source<TOut, TMat> SelectAsync<TIn, TOut, TMat>(
        this Source<TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Via(new SelectAsync<TIn, TOut>(AtLeastOne(parallelism), asyncMapper));

    public static Source<TOut, TMat> SelectAsyncUnordered<TIn, TOut, TMat>(
        this Source<TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Via(new SelectAsyncUnordered<TIn, TOut>(AtLeastOne(parallelism), asyncMapper));

    public static Source<TOut2, TMat> Batch<TOut, TOut2, TMat>(
        this Source<TOut, TMat> flow, long max, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Via(new Batch<TOut, TOut2>(max, _ => 1, seed, aggregate));

    public static Source<TOut2, TMat> BatchWeighted<TOut, TOut2, TMat>(
        this Source<TOut, TMat> flow,
        long max,
        Func<TOut, long> costFunction,
        Func<TOut, TOut2> seed,
        Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Via(new Batch<TOut, TOut2>(max, costFunction, seed, aggregate));

    public static Source<TSeed, TMat> ConflateWithSeed<TOut, TMat, TSeed>(
        this Source<TOut, TMat> flow, Func<TOut, TSeed> seed, Func<TSeed, TOut, TSeed> aggregate) =>
        flow.Via(new Batch<TOut, TSeed>(1, _ => 0, seed, aggregate));
}
