using Akka.Actor;

namespace Handoff.Bench.Handoffs;

// Stands where the socket's actor stands, and checks, arms and keeps nothing.
internal sealed class PlainSocket : UntypedActor
{
    private IActorRef _owner = ActorRefs.Nobody;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PlainMessages.Release release:
                _owner = release.Owner;
                release.Target.Tell(new PlainMessages.Offered(Self), Self);
                break;
            case PlainMessages.Acquire acquire:
                _owner.Tell(new PlainMessages.Released(acquire.Owner), Self);
                acquire.Owner.Tell(new PlainMessages.Acquired(Self), Self);
                break;
        }
    }
}
