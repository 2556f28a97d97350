using Akka.Actor;
using Handoff.Messages;
using Event = Handoff.Transport.Ownership.OwnershipEvent<Akka.Actor.IActorRef>;

namespace Handoff.Sockets;

// The messages of the ownership protocol in the words of its table.
internal static class Commands
{
    // Null if the message is none of them.
    public static Event.Command? Of(object message, Authority authority, PendingOffer? pending) => message switch
    {
        Give give => new Event.Give(authority.Claim(give.Handle), give.Name ?? GiveName.Draw(), give.Heir),
        Take take => new Event.Get(authority.Claim(take.Offer, pending), take.Get.Owner, take.Get.Heir),
        Release release => new Event.Release(
            authority.Claim(release.Handle), release.Mode, release.Targets, release.Heir, release.LoanFor is not null),
        Acquire acquire => new Event.Acquire(authority.Claim(acquire.Offer, pending), acquire.Owner, acquire.Heir),
        Decline decline => new Event.Decline(authority.Claim(decline.Offer, pending), decline.By),
        Reattach reattach => new Event.Reattach(authority.Claim(reattach.Handle), reattach.Owner),
        Revoke revoke => new Event.Revoke(authority.Claim(revoke.Handle), NumberOf(revoke.Release, pending)),
        Return early => new Event.Return(authority.Claim(early.Handle)),
        SetHeir set => new Event.SetHeir(authority.Claim(set.Handle), set.Heir),
        Close close => new Event.Close(authority.Claim(close.Handle)),
        Abort abort => new Event.Close(authority.Claim(abort.Handle)),
        _ => null,
    };

    // What moves nothing.
    public static Event.Command UseBy(ISocketCommand command, Authority authority)
    {
        var claim = authority.Claim(command.Handle);
        return command is SetOption or SetRawOption or SetAcceptFilter or ReadDurably or Keep or StartTls or Shutdown
                or FinishSending or Peeloff or Associate or BindAddresses or SetAssociationOption or WantEvents
            ? new Event.Change(claim, command.GetType().Name)
            : new Event.Use(claim);
    }

    private static long NumberOf(Release release, PendingOffer? pending) =>
        pending is not null && ReferenceEquals(release, pending.Release) ? pending.Handle.Number : 0;
}
