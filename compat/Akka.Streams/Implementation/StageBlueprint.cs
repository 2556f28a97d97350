using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

internal sealed class StageBlueprint<TShape, TMat> : Blueprint
    where TShape : Shape
{
    private readonly GraphStageWithMaterializedValue<TShape, TMat> _stage;

    private StageBlueprint(GraphStageWithMaterializedValue<TShape, TMat> stage) => _stage = stage;

    public static Blueprint Of(GraphStageWithMaterializedValue<TShape, TMat> stage, Attributes attributes)
    {
        var shape = stage.Shape;
        for (var i = 0; i < shape.Inlets.Length; i++)
            shape.Inlets[i].Id = i;
        for (var i = 0; i < shape.Outlets.Length; i++)
            shape.Outlets[i].Id = i;
        return new StageBlueprint<TShape, TMat>(stage).With(attributes);
    }

    protected override Laid LayIn(Site site, Attributes effective)
    {
        var made = _stage.CreateLogicAndMaterializedValue(effective);
        var logic = made.Logic;
        site.Add(logic, _stage, effective);
        var ins = new InEnd[logic.InCount];
        for (var i = 0; i < ins.Length; i++)
            ins[i] = new InEnd(logic, i);
        var outs = new OutEnd[logic.OutCount];
        for (var i = 0; i < outs.Length; i++)
            outs[i] = new OutEnd(logic, i);
        return new Laid(ins, outs, made.MaterializedValue);
    }
}
