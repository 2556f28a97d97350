using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

// Where a graph is being materialized. Nothing runs before all of it stands.
internal sealed class Site(ActorMaterializerImpl materializer, Func<Attributes, Island> open)
{
    private readonly List<Island> _islands = [];
    private Island _current;

    public static TMat Materialize<TMat>(
        IGraph<ClosedShape, TMat> graph,
        ActorMaterializerImpl materializer,
        Attributes initial,
        Func<Attributes, Island> open)
    {
        var site = new Site(materializer, open);
        try
        {
            site.EnterIsland(initial.And(graph.Blueprint.Attributes));
            var laid = graph.Blueprint.Lay(site, initial);
            foreach (var island in site._islands)
                island.Interpreter.CheckHandlers();
            foreach (var island in site._islands)
                island.Launch();
            return (TMat)laid.Value;
        }
        catch
        {
            foreach (var island in site._islands)
                island.Abandon();
            throw;
        }
    }

    public Island EnterIsland(Attributes attributes)
    {
        var around = _current;
        _current = open(attributes);
        _islands.Add(_current);
        return around;
    }

    public void Return(Island around) => _current = around;

    public void Add(GraphStageLogic logic, object stage, Attributes attributes)
    {
        logic.Attach(_current.Interpreter, materializer, stage, attributes);
        _current.Interpreter.Add(logic);
    }

    public Actor.IActorRef ActorFor(Actor.Props props) => materializer.ActorFor(props);

    public void Connect(OutEnd from, InEnd to)
    {
        if (from.Logic.Interpreter == to.Logic.Interpreter)
        {
            from.Logic.Interpreter.Connect(from, to);
            return;
        }

        var sending = new BoundarySender(from.Logic.Attributes);
        var receiving = new BoundaryReceiver(to.Logic.Attributes);
        sending.Receiver = receiving;
        receiving.Sender = sending;
        AddBeside(from.Logic, sending);
        AddBeside(to.Logic, receiving);
        from.Logic.Interpreter.Connect(from, new InEnd(sending, 0));
        to.Logic.Interpreter.Connect(new OutEnd(receiving, 0), to);
    }

    private void AddBeside(GraphStageLogic neighbour, GraphStageLogic boundary)
    {
        boundary.Attach(neighbour.Interpreter, materializer, boundary, neighbour.Attributes);
        neighbour.Interpreter.Add(boundary);
    }
}
