using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Given = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>.Given;
using State = Handoff.Transport.Ownership.OwnershipState<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// What an offer takes before there is one: room for it, its name, and a socket that can pause. Nothing is kept of an
// attempt that fails.
internal struct OfferStart
{
    private Release? _pushedBack;

    // Owner and next are of before and after; a socket without a release is offered by nobody.
    public SocketResult Try(in Incoming incoming, IActorRef? owner, State next, Rules rules, IOwned owned)
    {
        if (incoming.Release is not { } release) return TryPause(incoming, owned);
        if (rules.Offers.Open(owner!, release.Targets) is { } full) return full;
        var begun = next is Given given && !incoming.IsNamed
            ? TryPauseUnder(given.Name, incoming, rules.Names, owned)
            : TryPause(incoming, owned);
        if (!begun.IsSuccess) rules.Offers.Close(owner!, release.Targets);
        return begun;
    }

    private SocketResult TryPauseUnder(string name, in Incoming incoming, NameTable names, IOwned owned)
    {
        if (names.Reserve(name) is { } taken) return taken;
        var paused = TryPause(incoming, owned);
        if (!paused.IsSuccess) names.Free(name);
        return paused;
    }

    // After a revert what was pushed back is unread again; told once more, the same command would double it.
    private SocketResult TryPause(in Incoming incoming, IOwned owned)
    {
        var again = incoming.PushBack.IsEmpty || !ReferenceEquals(incoming.Release, _pushedBack);
        if (!again) return new(ResultCode.EEBADDATA, "Release: its push-back was put back already, and is unread");
        var paused = owned.Pause(incoming.PushBack);
        if (paused.IsSuccess && !incoming.PushBack.IsEmpty) _pushedBack = incoming.Release;
        return paused;
    }
}
