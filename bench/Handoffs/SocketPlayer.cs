using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Bench.Handoffs;

// Throws a live connection as soon as it has it, by the normal path: each offer has its deadline and its death watch.
internal sealed class SocketPlayer(Pair pair, TaskCompletionSource connected) : UntypedActor
{
    private IActorRef _other = ActorRefs.Nobody;
    private SocketHandle? _held;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self), Self);
                break;
            case Acquired acquired:
                OnAcquired(acquired.Handle);
                break;
            case Released:
                break;
            case Throw:
                if (_held is { } held) Release(held);
                break;
            case Meet meet:
                _other = meet.Other;
                break;
            default:
                connected.TrySetException(new BenchFailedException($"{message}"));
                pair.Fail(message);
                break;
        }
    }

    private void OnAcquired(SocketHandle handle)
    {
        // The first one is the connection itself, which nobody threw.
        if (handle.Epoch > 1 && pair.Caught())
        {
            Release(handle);
        }
        else
        {
            _held = handle;
            connected.TrySetResult();
        }
    }

    private void Release(SocketHandle handle)
    {
        _held = null;
        pair.Throwing();
        handle.Socket.Tell(new Release(handle, _other), Self);
    }
}
