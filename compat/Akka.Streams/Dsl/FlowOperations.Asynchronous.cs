using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class FlowOperations
{
    public static Flow<T, TOut, TMat> SelectAsync<T, TIn, TOut, TMat>(
        this Flow<T, TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Via(new SelectAsync<TIn, TOut>(AtLeastOne(parallelism), asyncMapper));

    public static Flow<T, TOut, TMat> SelectAsyncUnordered<T, TIn, TOut, TMat>(
        this Flow<T, TIn, TMat> flow, int parallelism, Func<TIn, Task<TOut>> asyncMapper) =>
        flow.Via(new SelectAsyncUnordered<TIn, TOut>(AtLeastOne(parallelism), asyncMapper));

    public static Flow<TIn, TOut, TMat> Buffer<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, int size, OverflowStrategy strategy) =>
        flow.Via(new Buffer<TOut>(AtLeastOne(size), strategy));

    public static Flow<TIn, TOut, TMat> Conflate<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Func<TOut, TOut, TOut> aggregate) =>
        flow.Via(new Batch<TOut, TOut>(1, _ => 0, element => element, aggregate));

    public static Flow<TIn, TOut, TMat> Detach<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow) =>
        flow.Via(new Detach<TOut>());

    public static Flow<TIn, TOut2, TMat> Batch<TIn, TOut, TOut2, TMat>(
        this Flow<TIn, TOut, TMat> flow, long max, Func<TOut, TOut2> seed, Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Via(new Batch<TOut, TOut2>(max, _ => 1, seed, aggregate));

    public static Flow<TIn, TOut2, TMat> BatchWeighted<TIn, TOut, TOut2, TMat>(
        this Flow<TIn, TOut, TMat> flow,
        long max,
        Func<TOut, long> costFunction,
        Func<TOut, TOut2> seed,
        Func<TOut2, TOut, TOut2> aggregate) =>
        flow.Via(new Batch<TOut, TOut2>(max, costFunction, seed, aggregate));

    public static Flow<TIn, TSeed, TMat> ConflateWithSeed<TIn, TOut, TMat, TSeed>(
        this Flow<TIn, TOut, TMat> flow, Func<TOut, TSeed> seed, Func<TSeed, TOut, TSeed> aggregate) =>
        flow.Via(new Batch<TOut, TSeed>(1, _ => 0, seed, aggregate));
}
