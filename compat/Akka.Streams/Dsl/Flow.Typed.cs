using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

public sealed class Flow<TIn, TOut, TMat> : IFlow<TOut, TMat>, IGraph<FlowShape<TIn, TOut>, TMat>
{
    private readonly Blueprint _blueprint;

    internal Flow(Blueprint blueprint)
    {
        _blueprint = blueprint;
        Shape = new FlowShape<TIn, TOut>(new Inlet<TIn>("Flow.in"), new Outlet<TOut>("Flow.out"));
    }

    public FlowShape<TIn, TOut> Shape { get; }

    Blueprint IGraph<FlowShape<TIn, TOut>>.Blueprint => _blueprint;

    public Flow<TIn, T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) =>
        ViaMaterialized(flow, Keep.Left);

    public Flow<TIn, TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new(Wired.Chain(_blueprint, flow.Blueprint, combine, opens: false, ends: false));

    public Sink<TIn, TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public Sink<TIn, TMat3> ToMaterialized<TMat2, TMat3>(
        IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) =>
        new(Wired.Chain(_blueprint, sink.Blueprint, combine, opens: false, ends: true));

    public Flow<TIn, TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) =>
        new(new MappedValue<TMat, TMat2>(_blueprint, mapFunc));

    public Flow<TIn, TOut, TMat3> ConcatMaterialized<TMat2, TMat3>(
        IGraph<SourceShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializedFunction) =>
        ViaMaterialized(FanIn.Second<TOut, TOut, TOut, TMat2>(new Concat<TOut, TOut>(), that), materializedFunction);

    public IRunnableGraph<TMat> Join<TMat2>(IGraph<FlowShape<TOut, TIn>, TMat2> flow) =>
        JoinMaterialized(flow, Keep.Left);

    public IRunnableGraph<TMat3> JoinMaterialized<TMat2, TMat3>(
        IGraph<FlowShape<TOut, TIn>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new RunnableGraph<TMat3>(new Wired(
            [_blueprint, flow.Blueprint],
            [
                new Wire(new PartPort(0, 0), new PartPort(1, 0)),
                new Wire(new PartPort(1, 0), new PartPort(0, 0)),
            ],
            [],
            [],
            Wired.Combining(combine)));

    public Flow<TIn2, TOut2, TMat> Join<TIn2, TOut2, TMat2>(
        IGraph<BidiShape<TOut, TOut2, TIn2, TIn>, TMat2> bidi) => JoinMaterialized(bidi, Keep.Left);

    public Flow<TIn2, TOut2, TMatRes> JoinMaterialized<TIn2, TOut2, TMat2, TMatRes>(
        IGraph<BidiShape<TOut, TOut2, TIn2, TIn>, TMat2> bidi, Func<TMat, TMat2, TMatRes> combine) =>
        new(new Wired(
            [_blueprint, bidi.Blueprint],
            [
                new Wire(new PartPort(0, 0), new PartPort(1, 0)),
                new Wire(new PartPort(1, 1), new PartPort(0, 0)),
            ],
            [new PartPort(1, 1)],
            [new PartPort(1, 0)],
            Wired.Combining(combine)));

    public (TMat1, TMat2) RunWith<TMat1, TMat2>(
        IGraph<SourceShape<TIn>, TMat1> source, IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        Source.FromGraph(source).Via(this).ToMaterialized(sink, Keep.Both).Run(materializer);

    public Flow<TIn, TOut, TMat> WithAttributes(Attributes attributes) => new(_blueprint.With(attributes));

    public Flow<TIn, TOut, TMat> AddAttributes(Attributes attributes) => new(_blueprint.And(attributes));

    public Flow<TIn, TOut, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public Flow<TIn, TOut, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    public override string ToString() => $"Flow({Shape})";

    IFlow<T, TMat> IFlow<TOut, TMat>.Via<T, TMat2>(IGraph<FlowShape<TOut, T>, TMat2> flow) => Via(flow);

    IFlow<T2, TMat3> IFlow<TOut, TMat>.ViaMaterialized<T2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, T2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => ViaMaterialized(flow, combine);

    IFlow<TOut, TMat2> IFlow<TOut, TMat>.MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) =>
        MapMaterializedValue(mapFunc);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.WithAttributes(Attributes attributes) =>
        WithAttributes(attributes);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.AddAttributes(Attributes attributes) =>
        AddAttributes(attributes);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.Named(string name) => Named(name);

    IGraph<FlowShape<TIn, TOut>, TMat> IGraph<FlowShape<TIn, TOut>, TMat>.Async() => Async();
}
