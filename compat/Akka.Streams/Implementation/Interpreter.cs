using Akka.Event;
using Akka.Pattern;
using Akka.Streams.Stage;

namespace Akka.Streams.Implementation;

// Runs the stages of one island: takes the events of their connections in turn and calls the handlers.
internal sealed class Interpreter(IslandHost host, int eventLimit, ILoggingAdapter log)
{
    [ThreadStatic]
    private static GraphStageLogic _active;

    private readonly List<GraphStageLogic> _stages = [];
    private readonly Queue<Connection> _events = new();
    private int _unfinished;
    private bool _hasBegun;

    // The stage whose handler runs on this thread. A handler does not know its stage.
    public static GraphStageLogic Active =>
        _active ?? throw new IllegalStateException("This is only allowed inside of a handler of a stage.");

    public IslandHost Host => host;

    // Read by whoever calls back a stage.
    public bool HasBegun => Volatile.Read(ref _hasBegun);

    public bool IsDone => HasBegun && _unfinished == 0 && _events.Count == 0;

    public void Add(GraphStageLogic logic)
    {
        _stages.Add(logic);
        _unfinished++;
    }

    public void Connect(OutEnd from, InEnd to)
    {
        var connection = new Connection(this, from, to);
        from.Logic.OutConnections[from.Port] = connection;
        to.Logic.InConnections[to.Port] = connection;
    }

    public void CheckHandlers()
    {
        foreach (var stage in _stages)
        {
            for (var i = 0; i < stage.InCount; i++)
            {
                if (stage.InHandlers[i] == null)
                    throw new IllegalStateException($"No handler defined in stage {stage.Origin} for in port {i}");
            }

            for (var i = 0; i < stage.OutCount; i++)
            {
                if (stage.OutHandlers[i] == null)
                    throw new IllegalStateException($"No handler defined in stage {stage.Origin} for out port {i}");
            }
        }
    }

    public void Begin()
    {
        Volatile.Write(ref _hasBegun, true);
        foreach (var stage in _stages)
            Call(stage, static (logic, _) => logic.Start(), null);
    }

    public void Enqueue(Connection connection) => _events.Enqueue(connection);

    public void Handle(IslandActor.Input input)
    {
        if (!input.Logic.IsFinished)
            Call(input.Logic, static (_, state) => Invoke((IslandActor.Input)state), input);
    }

    // True when the bound was reached and there is more to do.
    public bool Run()
    {
        for (var i = 0; i < eventLimit && _events.TryDequeue(out var connection); i++)
        {
            connection.Dequeued();
            if (connection.Next() is { } stage)
                Call(stage, static (_, state) => ((Connection)state).Deliver(), connection);
        }

        return _events.Count > 0;
    }

    // The actor stops under the stages, or did before they started: they may clean up, and that is all.
    public void Abort()
    {
        if (!HasBegun)
            Begin();
        var cause = new AbruptTerminationException(host.Actor);
        foreach (var stage in _stages.Where(s => !s.IsFinished))
            Call(stage, static (logic, state) => logic.Abort((Exception)state), cause);
        Run();
        _events.Clear();
        foreach (var stage in _stages.Where(s => !s.IsFinished))
        {
            _active = stage;
            try
            {
                Finish(stage);
            }
            finally
            {
                _active = null;
            }
        }
    }

    private static void Invoke(IslandActor.Input input) => input.Handler(input.Argument);

    private void Call(GraphStageLogic stage, Action<GraphStageLogic, object> what, object state)
    {
        var before = _active;
        _active = stage;
        try
        {
            what(stage, state);
        }
        catch (Exception cause)
        {
            log.Error(cause, "Error in stage [{0}]: {1}", stage.Origin, cause.Message);
            stage.FailStage(cause);
        }

        try
        {
            if (stage.MayFinish)
                Finish(stage);
        }
        finally
        {
            _active = before;
        }
    }

    private void Finish(GraphStageLogic stage)
    {
        _unfinished--;
        try
        {
            stage.Finish();
        }
        catch (Exception cause)
        {
            log.Error(cause, "Error during PostStop in [{0}]: {1}", stage.Origin, cause.Message);
        }
    }
}
