using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// The handle of this epoch, in the place where an owner that was restarted finds it again.
internal sealed class Authority(IActorRef socket, long id, OwnerIndex owners) : OwnerIndex.Place(owners.PartOf(id))
{
    public override long Id => id;

    public override IActorRef Socket => socket;

    // Called before anybody is told of the state: an owner that crashes on what it is told finds its socket.
    public void Follow(OwnershipState<IActorRef> state)
    {
        var owner = state.OwnerNow();
        if (owner is null) Leave();
        else if (Handle?.Epoch != state.Epoch) MoveTo(owner, new SocketHandle(socket, id, state.Epoch, Secret.Draw()));
    }

    // The socket's actor stops.
    public void End() => Remove();

    public Claim Claim(SocketHandle handle) =>
        new(handle.Epoch, handle.Id == id && handle.Secret == Handle?.Secret);

    public Claim Claim(OfferHandle offer, PendingOffer? pending) =>
        new(offer.Id == id ? offer.Number : 0, offer.Secret == pending?.Handle.Secret);
}
