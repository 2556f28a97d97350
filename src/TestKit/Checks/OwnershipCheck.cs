using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TestKit.Checks;

// Exactly one owner at any time: epochs only rise, each is told to one actor once, and nobody uses an older one.
internal sealed class OwnershipCheck(Violations violations)
{
    private readonly Dictionary<long, (long Epoch, IActorRef Owner, IActorRef Socket)> _last = [];

    public IEnumerable<IActorRef> Sockets => _last.Values.Select(last => last.Socket);

    public long EpochOf(long socket) => _last.TryGetValue(socket, out var last) ? last.Epoch : 0;

    public void Told(IActorRef who, object message)
    {
        var handle = message switch
        {
            Acquired acquired => acquired.Handle,
            Listening listening => listening.Handle,
            _ => null,
        };
        if (handle is null) return;
        if (_last.TryGetValue(handle.Id, out var last) && handle.Epoch <= last.Epoch)
        {
            violations.Add(
                $"{handle} was given to {who.Path.Name} when epoch {last.Epoch} was {last.Owner.Path.Name}'s already");
        }

        _last[handle.Id] = (handle.Epoch, who, handle.Socket);
    }

    // The owner used its lease, and the lease let it.
    public void Used(IActorRef who, SocketHandle handle)
    {
        var last = _last[handle.Id];
        if (handle.Epoch < last.Epoch)
            violations.Add($"{who.Path.Name} used {handle} in epoch {last.Epoch} of {last.Owner.Path.Name}");
    }

    // What the socket says of itself when everything has come to rest. A stranger is an owner that is not watched.
    public void AtRest(SocketStatus status, bool isStrangers = false)
    {
        Watched(status);
        if (!_last.TryGetValue(status.Facts.Id, out var last)) return;
        var isOnOffer = status.Offer is not null;
        if (status.Owner is null && !isOnOffer && status.State is not "Closed")
            violations.Add($"socket {status.Facts.Id} is {status.State}, and nobody is responsible for it");
        if (status.Owner is not { } owner) return;
        var isWrong = isStrangers
            ? status.Epoch <= last.Epoch
            : !owner.Equals(last.Owner) || status.Epoch != last.Epoch;
        if (isWrong)
        {
            violations.Add($"socket {status.Facts.Id} says that {owner.Path.Name} owns epoch {status.Epoch}, but "
                + $"{last.Owner.Path.Name} was told epoch {last.Epoch}");
        }
    }

    // One watch for each role that somebody has with it now; what an offer that is over left behind would add up.
    private void Watched(SocketStatus status)
    {
        var roles = status.Targets.Count + (status.Owner is null ? 0 : 1) + (status.Lender is null ? 0 : 1);
        if (status.Watches != roles)
        {
            violations.Add($"socket {status.Facts.Id} is {status.State} and watches for {status.Watches} roles, "
                + $"but {roles} are taken");
        }
    }
}
