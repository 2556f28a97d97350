using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class FlowOperations
{
    public static Flow<T, TOut, TMat> Select<T, TIn, TOut, TMat>(
        this Flow<T, TIn, TMat> flow, Func<TIn, TOut> mapper) =>
        flow.Via(new Select<TIn, TOut>(mapper));

    public static Flow<T, TOut, TMat> SelectMany<T, TIn, TOut, TMat>(
        this Flow<T, TIn, TMat> flow, Func<TIn, IEnumerable<TOut>> mapConcater) =>
        flow.Via(new SelectMany<TIn, TOut>(() => mapConcater));

    public static Flow<T, TOut, TMat> StatefulSelectMany<T, TIn, TOut, TMat>(
        this Flow<T, TIn, TMat> flow, Func<Func<TIn, IEnumerable<TOut>>> mapConcaterFactory) =>
        flow.Via(new SelectMany<TIn, TOut>(mapConcaterFactory));

    public static Flow<TIn, IEnumerable<TOut>, TMat> Grouped<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, int n) =>
        flow.Via(new Grouped<TOut>(AtLeastOne(n)));

    public static Flow<TIn, TOut, TMat> Limit<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, long max) =>
        flow.Via(new Limit<TOut>(max, _ => 1L));

    public static Flow<TIn, TOut, TMat> LimitWeighted<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, long max, Func<TOut, long> costFunc) =>
        flow.Via(new Limit<TOut>(max, costFunc));

    public static Flow<TIn, TOut, TMat> Skip<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, long n) =>
        flow.Via(new Skip<TOut>(n));

    public static Flow<TIn, TOut, TMat> SkipWhile<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Via(new SkipWhile<TOut>(predicate));

    public static Flow<TIn, TOut, TMat> Sum<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Func<TOut, TOut, TOut> reduce) =>
        flow.Via(new Sum<TOut>(reduce));

    public static Flow<TIn, TOut, TMat> Take<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow, long n) =>
        flow.Via(new Take<TOut>(n));

    public static Flow<TIn, TOut, TMat> TakeWhile<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Predicate<TOut> predicate, bool inclusive = false) =>
        flow.Via(new TakeWhile<TOut>(predicate, inclusive));

    public static Flow<TIn, TOut, TMat> Where<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Via(new Where<TOut>(predicate));

    public static Flow<TIn, TOut, TMat> WhereNot<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Via(new Where<TOut>(element => !predicate(element)));

    public static Flow<TIn, TOut2, TMat> Aggregate<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, TOut2 zero, Func<TOut2, TOut1, TOut2> fold) =>
        flow.Via(new Aggregate<TOut1, TOut2>(zero, fold));

    public static Flow<TIn, TOut2, TMat> Collect<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, Func<TOut1, bool> isDefined, Func<TOut1, TOut2> collector) =>
        flow.Via(new Collect<TOut1, TOut2>(isDefined, collector));

    public static Flow<TIn, TOut2, TMat> Scan<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, TOut2 zero, Func<TOut2, TOut1, TOut2> scan) =>
        flow.Via(new Scan<TOut1, TOut2>(zero, scan));

    public static Flow<TIn, (TOut, long), TMat> ZipWithIndex<TIn, TOut, TMat>(this Flow<TIn, TOut, TMat> flow) =>
        flow.Via(new Indexed<TOut>());
}
