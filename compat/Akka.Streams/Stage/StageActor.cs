using Akka.Actor;
using Akka.Streams.Implementation;

namespace Akka.Streams.Stage;

// A reference by which actors reach a stage. What is told to it runs as the stage's handlers do.
public sealed class StageActor
{
    private readonly FunctionRef _ref;
    private StageActorRef.Receive _behavior;

    public StageActor(
        ActorMaterializer materializer,
        Func<StageActorRef.Receive, Action<(IActorRef, object)>> getAsyncCallback,
        StageActorRef.Receive initialReceive,
        string name = null)
    {
        _behavior = initialReceive;
        _ref = new FunctionRef(materializer, getAsyncCallback(args => _behavior(args)), name);
    }

    public IActorRef Ref => _ref;

    public void Become(StageActorRef.Receive receive) => _behavior = receive;

    public void Watch(IActorRef actorRef) => _ref.Watch(actorRef);

    public void Unwatch(IActorRef actorRef) => _ref.Unwatch(actorRef);

    public void Stop() => _ref.Stop();
}
