using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class SourceOperations
{
    public static Source<T3, TMat> ZipWith<T1, T2, T3, TMat>(
        this Source<T1, TMat> flow, IGraph<SourceShape<T2>, TMat> other, Func<T1, T2, T3> combine) =>
        flow.Via(FanIn.Second<T1, T2, T3, TMat>(new ZipWith<T1, T2, T3>(combine), other));

    public static Source<TOut, TMat3> AlsoToMaterialized<TOut, TMat, TMat2, TMat3>(
        this Source<TOut, TMat> flow,
        IGraph<SinkShape<TOut>, TMat2> that,
        Func<TMat, TMat2, TMat3> materializerFunction) =>
        flow.ViaMaterialized(FanOut.Aside<TOut, TMat2>(that), materializerFunction);

    public static Source<TOut, TMat> AlsoTo<TOut, TMat>(
        this Source<TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat> that) =>
        flow.Via(FanOut.Aside<TOut, TMat>(that));

    public static Source<TOut, TMat> Concat<TOut, TMat>(
        this Source<TOut, TMat> flow, IGraph<SourceShape<TOut>, TMat> other) =>
        flow.Via(FanIn.Second<TOut, TOut, TOut, TMat>(new Concat<TOut, TOut>(), other));

    public static Source<TOut2, TMat3> MergeMaterialized<TOut1, TOut2, TMat, TMat2, TMat3>(
        this Source<TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat2> that, Func<TMat, TMat2, TMat3> combine)
        where TOut1 : TOut2 =>
        flow.ViaMaterialized(
            FanIn.Second<TOut1, TOut2, TOut2, TMat2>(new Merge<TOut2, TOut2>(2, false), that), combine);

    public static Source<TOut2, TMat> ConcatMany<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, Func<TOut1, IGraph<SourceShape<TOut2>, TMat>> flatten) =>
        flow.Select(flatten).Via(new FlattenMerge<TOut2, TMat>(1));

    public static Source<TOut2, TMat> Merge<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat> other, bool eagerComplete = false)
        where TOut1 : TOut2 =>
        flow.Via(FanIn.Second<TOut1, TOut2, TOut2, TMat>(new Merge<TOut2, TOut2>(2, eagerComplete), other));

    public static Source<TOut2, TMat> MergeMany<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, int breadth, Func<TOut1, IGraph<SourceShape<TOut2>, TMat>> flatten) =>
        flow.Select(flatten).Via(new FlattenMerge<TOut2, TMat>(AtLeastOne(breadth)));

    public static Source<TOut2, TMat> Prepend<TOut1, TOut2, TMat>(
        this Source<TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat> that)
        where TOut1 : TOut2 =>
        flow.Via(FanIn.First<TOut1, TOut2, TOut2, TMat>(new Concat<TOut2, TOut2>(), that));

    public static Source<(T1, T2), TMat> Zip<T1, T2, TMat>(
        this Source<T1, TMat> flow, IGraph<SourceShape<T2>, TMat> other) =>
        flow.Via(FanIn.Second<T1, T2, (T1, T2), TMat>(new ZipWith<T1, T2, (T1, T2)>((a, b) => (a, b)), other));
}
