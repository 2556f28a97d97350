using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal abstract class SinkStage<T, TMat> : GraphStageWithMaterializedValue<SinkShape<T>, TMat>
{
    protected SinkStage()
    {
        Name = StageName.Of(GetType());
        In = new Inlet<T>(Name + ".in");
        Shape = new SinkShape<T>(In);
    }

    public Inlet<T> In { get; }

    public sealed override SinkShape<T> Shape { get; }

    protected sealed override Attributes InitialAttributes => Attributes.CreateName(Name);

    private string Name { get; }

    public override string ToString() => Name;

    protected static LogicAndMaterializedValue<TMat> With(GraphStageLogic logic, TMat value) => new(logic, value);
}
