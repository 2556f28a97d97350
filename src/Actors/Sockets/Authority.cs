using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Sockets;

// The handle of this epoch, and the place where an owner that was restarted finds it again.
internal sealed class Authority(IActorRef socket, long id, OwnerIndex owners)
{
    private readonly OwnerIndex.Place _place = owners.PlaceOf(id);

    // The last owner's, where nobody owns the socket any more.
    public SocketHandle? Handle { get; private set; }

    // Called before anybody is told of the state: an owner that crashes on what it is told finds its socket.
    public void Follow(OwnershipState<IActorRef> state)
    {
        var owner = state.OwnerNow();
        if (owner is null)
        {
            End();
        }
        else if (Handle?.Epoch != state.Epoch)
        {
            Handle = new SocketHandle(socket, id, state.Epoch, Secret.Draw());
            _place.MoveTo(owner, Handle);
        }
    }

    public void End()
    {
        if (_place.Owner is not null) _place.MoveTo(owner: null, handle: null);
    }

    public Claim Claim(SocketHandle handle) =>
        new(handle.Epoch, handle.Id == id && handle.Secret == Handle?.Secret);
}
