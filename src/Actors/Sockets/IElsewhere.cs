using Akka.Actor;
using Handoff.Transport;

namespace Handoff.Sockets;

// What another process offers to whoever asked for its name. Disposed, it stays given there.
internal interface IElsewhere : IDisposable
{
    // The target is offered it, once, as by any process. Ends, and is disposed, when one of the two has it for good.
    Task<SocketResult> TakeAsync(IActorRef target);
}
