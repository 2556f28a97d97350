using Akka.Actor;
using Akka.Event;

namespace Akka.Streams.Implementation;

// Stages that run as one, in one actor.
internal sealed class Island
{
    private readonly IslandHost _host;
    private readonly bool _isGuest;

    private Island(IslandHost host, bool isGuest, int eventLimit, ILoggingAdapter log)
    {
        _host = host;
        _isGuest = isGuest;
        Interpreter = new Interpreter(host, eventLimit, log);
    }

    public Interpreter Interpreter { get; }

    public static Island Own(IslandHost host, int eventLimit, ILoggingAdapter log) =>
        new(host, isGuest: false, eventLimit, log);

    // In the actor of another island, which may outlive it.
    public static Island Guest(Interpreter other, int eventLimit, ILoggingAdapter log) =>
        new(other.Host, isGuest: true, eventLimit, log);

    // Where the actor has stopped in the meantime its stages are still told.
    public void Launch()
    {
        if (_host.TryAdd(Interpreter))
            _host.Actor.Tell(new IslandActor.Begin(Interpreter), ActorRefs.NoSender);
        else
            Interpreter.Abort();
    }

    public void Abandon()
    {
        if (!_isGuest)
            _host.Actor.Tell(PoisonPill.Instance, ActorRefs.NoSender);
    }
}
