using Akka.Actor;
using Handoff.Messages;

namespace Handoff.AspNetCore.Tests.Setup;

// Takes each connection over, and releases it at once to somebody else.
internal sealed class Detour : ReceiveActor
{
    public Detour(IActorRef next)
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(acquired => acquired.Handle.Socket.Tell(new Release(acquired.Handle, next)));
        ReceiveAny(_ => { });
    }
}
