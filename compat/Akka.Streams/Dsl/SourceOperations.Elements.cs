using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class SourceOperations
{
    public static Source<IEnumerable<TOut>, TMat> Grouped<TOut, TMat>(this Source<TOut, TMat> flow, int n) =>
        flow.Via(new Grouped<TOut>(AtLeastOne(n)));

    public static Source<T, TMat> Limit<T, TMat>(this Source<T, TMat> flow, long max) =>
        flow.Via(new Limit<T>(max, _ => 1L));

    public static Source<T, TMat> LimitWeighted<T, TMat>(
        this Source<T, TMat> flow, long max, Func<T, long> costFunc) =>
        flow.Via(new Limit<T>(max, costFunc));

    public static Source<TOut, TMat> Select<TIn, TOut, TMat>(this Source<TIn, TMat> flow, Func<TIn, TOut> mapper) =>
        flow.Via(new Select<TIn, TOut>(mapper));

    public static Source<TOut, TMat> Skip<TOut, TMat>(this Source<TOut, TMat> flow, long n) =>
        flow.Via(new Skip<TOut>(n));

    public static Source<TOut, TMat> SkipWhile<TOut, TMat>(
        this Source<TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Via(new SkipWhile<TOut>(predicate));

    public static Source<TOut, TMat> Sum<TOut, TMat>(this Source<TOut, TMat> flow, Func<TOut, TOut, TOut> reduce) =>
        flow.Via(new Sum<TOut>(reduce));

    public static Source<TOut, TMat> Take<TOut, TMat>(this Source<TOut, TMat> flow, long n) =>
        flow.Via(new Take<TOut>(n));

    public static Source<TOut, TMat> TakeWhile<TOut, TMat>(
        this Source<TOut, TMat> flow, Predicate<TOut> predicate, bool inclusive = false) =>
        flow.Via(new TakeWhile<TOut>(predicate, inclusive));

    public static Source<TOut, TMat> Where<TOut, TMat>(this Source<TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Via(new Where<TOut>(predicate));

    public static Source<TOut, TMat> WhereNot<TOut, TMat>(this Source<TOut, TMat> flow, Predicate<TOut> predicate) =>
        flow.Via(new Where<TOut>(element => !predicate(element)));

    public static Source<TOut2, TMat> Aggregate<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, TOut2 zero, Func<TOut2, TOut1, TOut2> fold) =>
        flow.Via(new Aggregate<TOut1, TOut2>(zero, fold));

    public static Source<TOut2, TMat> Collect<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, Func<TOut1, bool> isDefined, Func<TOut1, TOut2> collector) =>
        flow.Via(new Collect<TOut1, TOut2>(isDefined, collector));

    public static Source<TOut2, TMat> Scan<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, TOut2 zero, Func<TOut2, TOut1, TOut2> scan) =>
        flow.Via(new Scan<TOut1, TOut2>(zero, scan));

    public static Source<TOut2, TMat> SelectMany<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, Func<TOut1, IEnumerable<TOut2>> mapConcater) =>
        flow.Via(new SelectMany<TOut1, TOut2>(() => mapConcater));

    public static Source<TOut2, TMat> StatefulSelectMany<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, Func<Func<TOut1, IEnumerable<TOut2>>> mapConcaterFactory) =>
        flow.Via(new SelectMany<TOut1, TOut2>(mapConcaterFactory));

    public static Source<(TOut1, long), TMat> ZipWithIndex<TOut1, TMat>(this Source<TOut1, TMat> flow) =>
        flow.Via(new Indexed<TOut1>());
}
