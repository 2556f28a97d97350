using Handoff.Messages;
using Handoff.Transport;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The part that is of TLS.
internal sealed partial class Custody
{
    // False where whoever had this handle owns the socket no longer.
    public bool IsHeldBy(SocketHandle handle) => State is State.Held && _authority.Handle?.Epoch == handle.Epoch;

    // A copy of the descriptor is of no use to whoever has not the keys.
    public void NoLongerKept()
    {
        if (_keeper is null) return;
        Withdraw();
        var why = new SocketResult(ResultCode.EEMODENOTSUPP, "TLS was started on what was kept");
        TellOwner(handle => new KeepingLost(handle, why));
    }
}
