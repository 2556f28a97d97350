using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public abstract class GraphStageWithMaterializedValue<TShape, TMaterialized>
    : IGraphStageWithMaterializedValue<TShape, TMaterialized>
    where TShape : Shape
{
    private readonly Lazy<Blueprint> _blueprint;

    protected GraphStageWithMaterializedValue() => _blueprint = new Lazy<Blueprint>(
        () => StageBlueprint<TShape, TMaterialized>.Of(this, InitialAttributes));

    public abstract TShape Shape { get; }

    protected virtual Attributes InitialAttributes => Attributes.None;

    Blueprint IGraph<TShape>.Blueprint => _blueprint.Value;

    public abstract ILogicAndMaterializedValue<TMaterialized> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes);

    public IGraph<TShape, TMaterialized> WithAttributes(Attributes attributes) =>
        new Graph<TShape, TMaterialized>(Shape, _blueprint.Value.With(attributes));

    public IGraph<TShape, TMaterialized> AddAttributes(Attributes attributes) =>
        new Graph<TShape, TMaterialized>(Shape, _blueprint.Value.And(attributes));

    public IGraph<TShape, TMaterialized> Named(string name) => AddAttributes(Attributes.CreateName(name));

    public IGraph<TShape, TMaterialized> Async() => AddAttributes(Attributes.CreateAsyncBoundary());
}
