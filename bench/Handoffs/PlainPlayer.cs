using Akka.Actor;

namespace Handoff.Bench.Handoffs;

internal sealed class PlainPlayer(Pair pair, IActorRef socket, bool holdsFirst) : UntypedActor
{
    private IActorRef _other = ActorRefs.Nobody;
    private bool _holds = holdsFirst;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PlainMessages.Offered offered:
                offered.Socket.Tell(new PlainMessages.Acquire(Self), Self);
                break;
            case PlainMessages.Acquired:
                _holds = true;
                if (pair.Caught()) Release();
                break;
            case PlainMessages.Released:
                break;
            case Throw:
                if (_holds) Release();
                break;
            case Meet meet:
                _other = meet.Other;
                break;
            default:
                pair.Fail(message);
                break;
        }
    }

    private void Release()
    {
        _holds = false;
        pair.Throwing();
        socket.Tell(new PlainMessages.Release(Self, _other), Self);
    }
}
