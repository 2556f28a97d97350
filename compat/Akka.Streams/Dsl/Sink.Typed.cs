using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

public sealed class Sink<TIn, TMat> : IGraph<SinkShape<TIn>, TMat>
{
    private readonly Blueprint _blueprint;

    internal Sink(Blueprint blueprint)
    {
        _blueprint = blueprint;
        Shape = new SinkShape<TIn>(new Inlet<TIn>("Sink.in"));
    }

    public SinkShape<TIn> Shape { get; }

    Blueprint IGraph<SinkShape<TIn>>.Blueprint => _blueprint;

    public Sink<TIn2, TMat> ContraMap<TIn2>(Func<TIn2, TIn> function) =>
        Flow.FromFunction(function).ToMaterialized(this, Keep.Right);

    public Sink<TIn, TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> fn) =>
        new(new MappedValue<TMat, TMat2>(_blueprint, fn));

    public TMat2 RunWith<TMat2>(IGraph<SourceShape<TIn>, TMat2> source, IMaterializer materializer) =>
        Source.FromGraph(source).To(this).Run(materializer);

    public Sink<TIn, TMat> WithAttributes(Attributes attributes) => new(_blueprint.With(attributes));

    public Sink<TIn, TMat> AddAttributes(Attributes attributes) => new(_blueprint.And(attributes));

    public Sink<TIn, TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public Sink<TIn, TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    public override string ToString() => $"Sink({Shape})";

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.WithAttributes(Attributes attributes) =>
        WithAttributes(attributes);

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.AddAttributes(Attributes attributes) =>
        AddAttributes(attributes);

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.Named(string name) => Named(name);

    IGraph<SinkShape<TIn>, TMat> IGraph<SinkShape<TIn>, TMat>.Async() => Async();
}
