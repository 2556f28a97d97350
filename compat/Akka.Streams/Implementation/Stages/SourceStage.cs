using Akka.Streams.Stage;

namespace Akka.Streams.Implementation.Stages;

internal abstract class SourceStage<T, TMat> : GraphStageWithMaterializedValue<SourceShape<T>, TMat>
{
    protected SourceStage()
    {
        Name = StageName.Of(GetType());
        Out = new Outlet<T>(Name + ".out");
        Shape = new SourceShape<T>(Out);
    }

    public Outlet<T> Out { get; }

    public sealed override SourceShape<T> Shape { get; }

    protected sealed override Attributes InitialAttributes => Attributes.CreateName(Name);

    private string Name { get; }

    public override string ToString() => Name;

    protected static LogicAndMaterializedValue<TMat> With(GraphStageLogic logic, TMat value) => new(logic, value);
}
