using Akka.Actor;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Streams;

// An actor that writes down what it is told.
public sealed class Recording
{
    private readonly Journal _journal = new();

    public Recording(ActorSystem system) => Actor = system.ActorOf(Props.Create(() => new Scribe(this)));

    public IActorRef Actor { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public Task<object> Next() => _journal.Next();

    public Task Expect(params object[] messages) => _journal.Expect(messages);

    public void ExpectNothing() => _journal.ExpectNothing();

    private sealed class Scribe(Recording recording) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            recording.LastSender = Sender;
            recording._journal.Add(message);
        }
    }
}
