using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams.Dsl;

public static class RunnableGraph
{
    public static RunnableGraph<TMat> FromGraph<TMat>(IGraph<ClosedShape, TMat> g) =>
        g as RunnableGraph<TMat> ?? new RunnableGraph<TMat>(g.Blueprint);
}

public sealed class RunnableGraph<TMat> : IRunnableGraph<TMat>
{
    private readonly Blueprint _blueprint;

    internal RunnableGraph(Blueprint blueprint) => _blueprint = blueprint;

    public ClosedShape Shape => ClosedShape.Instance;

    Blueprint IGraph<ClosedShape>.Blueprint => _blueprint;

    public TMat Run(IMaterializer materializer) => materializer.Materialize(this);

    public TMat Run(ActorSystem actorSystem) => Run(actorSystem.Materializer());

    public IRunnableGraph<TMat2> MapMaterializedValue<TMat2>(Func<TMat, TMat2> func) =>
        new RunnableGraph<TMat2>(new MappedValue<TMat, TMat2>(_blueprint, func));

    public IRunnableGraph<TMat> WithAttributes(Attributes attributes) =>
        new RunnableGraph<TMat>(_blueprint.With(attributes));

    public IRunnableGraph<TMat> AddAttributes(Attributes attributes) =>
        new RunnableGraph<TMat>(_blueprint.And(attributes));

    public IRunnableGraph<TMat> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public IRunnableGraph<TMat> Async() => AddAttributes(Attributes.CreateAsyncBoundary());

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.WithAttributes(Attributes attributes) =>
        WithAttributes(attributes);

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.AddAttributes(Attributes attributes) =>
        AddAttributes(attributes);

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.Named(string name) => Named(name);

    IGraph<ClosedShape, TMat> IGraph<ClosedShape, TMat>.Async() => Async();
}
