using Akka.Actor;
using Handoff.Messages;

namespace Handoff.AspNetCore.Tests.Setup;

// Takes a connection, lends it to whoever it is told of, and says what came of it.
internal sealed class Lender : ReceiveActor
{
    private IActorRef _asker = ActorRefs.Nobody;
    private IActorRef _borrower = ActorRefs.Nobody;
    private SocketHandle? _handle;

    public Lender()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(acquired =>
        {
            _handle = acquired.Handle;
            Lend();
        });
        Receive<IActorRef>(borrower =>
        {
            (_borrower, _asker) = (borrower, Sender);
            Lend();
        });
        Receive<ReleaseFailed>(failed => _asker.Tell(failed));
    }

    private void Lend()
    {
        if (_handle is null || _borrower.IsNobody()) return;
        _handle.Socket.Tell(new Release(_handle, _borrower) { LoanFor = TimeSpan.FromMinutes(1) });
    }
}
