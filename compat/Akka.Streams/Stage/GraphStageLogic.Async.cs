using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

public abstract partial class GraphStageLogic
{
    private StageActor _stageActor;

    public StageActor StageActor => _stageActor ?? throw StageActorRefNotInitializedException.Instance;

    protected virtual string StageActorName => "";

    // The answer may be called from any thread, from PreStart on; the handler then runs as those of the ports do.
    protected Action<T> GetAsyncCallback<T>(Action<T> handler)
    {
        Action<object> untyped = argument => handler((T)argument);
        return argument => SendOnceBegun(untyped, argument);
    }

    protected Action GetAsyncCallback(Action handler)
    {
        Action<object> untyped = _ => handler();
        return () => SendOnceBegun(untyped, null);
    }

    // The answer may be called as soon as the stage is part of a graph: what comes too early waits.
    private protected Action<T> GetEarlyCallback<T>(Action<T> handler)
    {
        Action<object> untyped = argument => handler((T)argument);
        return argument => Send(untyped, argument);
    }

    private protected Action GetEarlyCallback(Action handler)
    {
        Action<object> untyped = _ => handler();
        return () => Send(untyped, null);
    }

    protected StageActor GetStageActor(StageActorRef.Receive receive)
    {
        if (_stageActor != null)
        {
            _stageActor.Become(receive);
            return _stageActor;
        }

        _stageActor = new StageActor(
            MaterializerImpl, r => GetAsyncCallback<(IActorRef, object)>(r.Invoke), receive, StageActorName);
        return _stageActor;
    }

    private void SendOnceBegun(Action<object> handler, object argument)
    {
        if (_interpreter is not { HasBegun: true })
            throw new Pattern.IllegalStateException("A stage can be called back from its PreStart on");
        Send(handler, argument);
    }

    private void Send(Action<object> handler, object argument)
    {
        var interpreter = Interpreter;
        interpreter.Host.Actor.Tell(new IslandActor.Input(interpreter, this, handler, argument), ActorRefs.NoSender);
    }
}
