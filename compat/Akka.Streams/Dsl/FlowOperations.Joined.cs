using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;
using static Akka.Streams.Implementation.Bound;

namespace Akka.Streams.Dsl;

public static partial class FlowOperations
{
    public static Flow<TIn, T3, TMat> ZipWith<TIn, T1, T2, T3, TMat>(
        this Flow<TIn, T1, TMat> flow, IGraph<SourceShape<T2>, TMat> other, Func<T1, T2, T3> combine) =>
        flow.Via(FanIn.Second<T1, T2, T3, TMat>(new ZipWith<T1, T2, T3>(combine), other));

    public static Flow<TIn, TOut, TMat3> AlsoToMaterialized<TIn, TOut, TMat, TMat2, TMat3>(
        this Flow<TIn, TOut, TMat> flow,
        IGraph<SinkShape<TOut>, TMat2> that,
        Func<TMat, TMat2, TMat3> materializerFunction) =>
        flow.ViaMaterialized(FanOut.Aside<TOut, TMat2>(that), materializerFunction);

    public static Flow<TIn, TOut, TMat> AlsoTo<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SinkShape<TOut>, TMat> that) =>
        flow.Via(FanOut.Aside<TOut, TMat>(that));

    public static Flow<TIn, TOut, TMat> Concat<TIn, TOut, TMat>(
        this Flow<TIn, TOut, TMat> flow, IGraph<SourceShape<TOut>, TMat> other) =>
        flow.Via(FanIn.Second<TOut, TOut, TOut, TMat>(new Concat<TOut, TOut>(), other));

    public static Flow<TIn, TOut2, TMat3> MergeMaterialized<TIn, TOut1, TOut2, TMat, TMat2, TMat3>(
        this Flow<TIn, TOut1, TMat> flow,
        IGraph<SourceShape<TOut2>, TMat2> that,
        Func<TMat, TMat2, TMat3> combine)
        where TOut1 : TOut2 =>
        flow.ViaMaterialized(
            FanIn.Second<TOut1, TOut2, TOut2, TMat2>(new Merge<TOut2, TOut2>(2, false), that), combine);

    public static Flow<TIn, TOut2, TMat> ConcatMany<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, Func<TOut1, IGraph<SourceShape<TOut2>, TMat>> flatten) =>
        flow.Select(flatten).Via(new FlattenMerge<TOut2, TMat>(1));

    public static Flow<TIn, TOut2, TMat> Merge<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat> other, bool eagerComplete = false)
        where TOut1 : TOut2 =>
        flow.Via(FanIn.Second<TOut1, TOut2, TOut2, TMat>(new Merge<TOut2, TOut2>(2, eagerComplete), other));

    public static Flow<TIn, TOut2, TMat> MergeMany<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, int breadth, Func<TOut1, IGraph<SourceShape<TOut2>, TMat>> flatten) =>
        flow.Select(flatten).Via(new FlattenMerge<TOut2, TMat>(AtLeastOne(breadth)));

    public static Flow<TIn, TOut2, TMat> Prepend<TIn, TOut1, TOut2, TMat>(
        this Flow<TIn, TOut1, TMat> flow, IGraph<SourceShape<TOut2>, TMat> that)
        where TOut1 : TOut2 =>
        flow.Via(FanIn.First<TOut1, TOut2, TOut2, TMat>(new Concat<TOut2, TOut2>(), that));

    public static Flow<TIn, (T1, T2), TMat> Zip<TIn, T1, T2, TMat>(
        this Flow<TIn, T1, TMat> flow, IGraph<SourceShape<T2>, TMat> other) =>
        flow.Via(FanIn.Second<T1, T2, (T1, T2), TMat>(new ZipWith<T1, T2, (T1, T2)>((a, b) => (a, b)), other));
}
