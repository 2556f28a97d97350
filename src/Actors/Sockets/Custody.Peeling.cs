using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The part that is of an association that gets a socket of its own, with a custody of its own.
internal sealed partial class Custody
{
    // Permitted already. This one is over, without an end that anybody is told: the other one begins with this owner.
    public (IActorRef Owner, IActorRef? Heir) PeelOff()
    {
        var held = (State.Held)State;
        _over = true;
        Withdraw();
        _authority.End();
        _watches.Unwatch(held.Owner);
        return (held.Owner, held.Heir);
    }

    public void TellOwner(Func<SocketHandle, object> what)
    {
        if (State.OwnerNow() is { } owner && _authority.Handle is { } handle) owner.Tell(what(handle), _self);
    }

    public SocketResult? ObstacleToHandOver(Peeloff command) => command.Target is { } target
        ? Limits.Unfit(ReleaseBy(command, command.Handle, target), _self, rules.Settings)
        : null;

    public void HandOver(Peeloff command) =>
        TryHandle(ReleaseBy(command, _authority.Handle!, command.Target!));

    private static Release ReleaseBy(Peeloff command, SocketHandle handle, IActorRef target) =>
        new(handle, target) { Within = command.Within, Attachment = command.Attachment };
}
