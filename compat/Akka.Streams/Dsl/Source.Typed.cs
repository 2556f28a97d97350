using Akka.Actor;
using Akka.Streams.Implementation;
using Akka.Streams.Implementation.Stages;

namespace Akka.Streams.Dsl;

public sealed class Source<TOut, TMat> : IFlow<TOut, TMat>, IGraph<SourceShape<TOut>, TMat>
{
    private readonly Blueprint _blueprint;

    internal Source(Blueprint blueprint)
    {
        _blueprint = blueprint;
        Shape = new SourceShape<TOut>(new Outlet<TOut>("Source.out"));
    }

    public SourceShape<TOut> Shape { get; }

    Blueprint IGraph<SourceShape<TOut>>.Blueprint => _blueprint;

    public Source<T2, TMat> Via<T2, TMat2>(IGraph<FlowShape<TOut, T2>, TMat2> flow) =>
        ViaMaterialized(flow, Keep.Left);

    public Source<TOut2, TMat3> ViaMaterialized<TOut2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, TOut2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) =>
        new(Wired.Chain(_blueprint, flow.Blueprint, combine, opens: true, ends: false));

    public IRunnableGraph<TMat> To<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink) => ToMaterialized(sink, Keep.Left);

    public IRunnableGraph<TMat3> ToMaterialized<TMat2, TMat3>(
        IGraph<SinkShape<TOut>, TMat2> sink, Func<TMat, TMat2, TMat3> combine) =>
        new RunnableGraph<TMat3>(Wired.Chain(_blueprint, sink.Blueprint, combine, opens: true, ends: true));

    public Source<TOut, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) =>
        new(new MappedValue<TMat, TMat2>(_blueprint, mapFunc));

    public Source<TOut, TMat3> ConcatMaterialized<TMat2, TMat3>(
        IGraph<SourceShape<TOut>, TMat2> that, Func<TMat, TMat2, TMat3> materializedFunction) =>
        ViaMaterialized(FanIn.Second<TOut, TOut, TOut, TMat2>(new Concat<TOut, TOut>(), that), materializedFunction);

    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, IMaterializer materializer) =>
        ToMaterialized(sink, Keep.Right).Run(materializer);

    public TMat2 RunWith<TMat2>(IGraph<SinkShape<TOut>, TMat2> sink, ActorSystem materializer) =>
        RunWith(sink, materializer.Materializer());

    public Task RunForeach(Action<TOut> action, IMaterializer materializer) =>
        RunWith(Sink.ForEach(action), materializer);

    public Task RunForeach(Action<TOut> action, ActorSystem materializer) =>
        RunForeach(action, materializer.Materializer());

    public Task<TOut2> RunAggregate<TOut2>(
        TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, IMaterializer materializer) =>
        RunWith(Sink.Aggregate(zero, aggregate), materializer);

    public Task<TOut2> RunAggregate<TOut2>(
        TOut2 zero, Func<TOut2, TOut, TOut2> aggregate, ActorSystem materializer) =>
        RunAggregate(zero, aggregate, materializer.Materializer());

    public Source<TOut, TMat> WithAttributes(Attributes attributes) => new(_blueprint.With(attributes));

    public Source<TOut, TMat> AddAttributes(Attributes attributes) => new(_blueprint.And(attributes));

    public Source<TOut, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public Source<TOut, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    public override string ToString() => $"Source({Shape})";

    IFlow<T, TMat> IFlow<TOut, TMat>.Via<T, TMat2>(IGraph<FlowShape<TOut, T>, TMat2> flow) => Via(flow);

    IFlow<T2, TMat3> IFlow<TOut, TMat>.ViaMaterialized<T2, TMat2, TMat3>(
        IGraph<FlowShape<TOut, T2>, TMat2> flow, Func<TMat, TMat2, TMat3> combine) => ViaMaterialized(flow, combine);

    IFlow<TOut, TMat2> IFlow<TOut, TMat>.MapMaterializedValue<TMat2>(Func<TMat, TMat2> mapFunc) =>
        MapMaterializedValue(mapFunc);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.WithAttributes(Attributes attributes) =>
        WithAttributes(attributes);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.AddAttributes(Attributes attributes) =>
        AddAttributes(attributes);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.Named(string name) => Named(name);

    IGraph<SourceShape<TOut>, TMat> IGraph<SourceShape<TOut>, TMat>.Async() => Async();
}
