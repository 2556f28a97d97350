namespace Akka.Streams.Stage;

public abstract class GraphStage<TShape> : GraphStageWithMaterializedValue<TShape, NotUsed>
    where TShape : Shape
{
    protected GraphStage()
    {
    }

    public sealed override ILogicAndMaterializedValue<NotUsed> CreateLogicAndMaterializedValue(
        Attributes inheritedAttributes) =>
        new LogicAndMaterializedValue<NotUsed>(CreateLogic(inheritedAttributes), NotUsed.Instance);

    protected abstract GraphStageLogic CreateLogic(Attributes inheritedAttributes);
}
