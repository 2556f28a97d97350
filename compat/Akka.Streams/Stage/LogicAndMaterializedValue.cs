namespace Akka.Streams.Stage;

public struct LogicAndMaterializedValue<TMaterialized> : ILogicAndMaterializedValue<TMaterialized>
{
    public LogicAndMaterializedValue(GraphStageLogic logic, TMaterialized materializedValue)
    {
        Logic = logic;
        MaterializedValue = materializedValue;
    }

    public GraphStageLogic Logic { get; }

    public TMaterialized MaterializedValue { get; }
}
