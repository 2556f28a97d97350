using Akka.Actor;
using Handoff.Messages;

namespace Handoff.Hosting.Tests.Setup;

// An owner whose connection has seen each kind of offer when it leaves: it was accepted, declined, lent, given under a
// name, and released to another process, which it is told of first, until that takes it.
internal sealed class Tour : ReceiveActor
{
    private readonly IActorRef _decliner = Context.ActorOf(Props.Create(() => new Decliner()));
    private readonly IActorRef _borrower = Context.ActorOf(Props.Create(() => new Borrower()));
    private IActorRef _peer = ActorRefs.Nobody;
    private int _owned;

    public Tour()
    {
        Receive<PeerOpened>(opened => _peer = opened.Peer);
        Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Acquired>(Next);
        Receive<ReleaseFailed>(failed => Again(failed.Release.Handle));
        Receive<Given>(given => HandoffExtension.For(Context.System).Sockets.Tell(new Get(given.Name, Self)));
        ReceiveAny(_ => { });
    }

    private void Next(Acquired acquired)
    {
        var handle = acquired.Handle;
        handle.Socket.Tell(++_owned switch
        {
            1 => new Release(handle, _decliner),
            2 => new Give(handle),
            _ => new Release(handle, _peer),
        });
    }

    private void Again(SocketHandle handle) => handle.Socket.Tell(_owned == 1
        ? new Release(handle, _borrower) { LoanFor = TimeSpan.FromHours(1) }
        : new Release(handle, _peer));

    // Declines what comes first, and lets another have the rest.
    internal sealed class Guest : ReceiveActor
    {
        private readonly IActorRef _holder = Context.ActorOf(Props.Create(() => new Holder()));

        public Guest()
        {
            Receive<Offered>(offered =>
            {
                offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, "full house"));
                Become(() => ReceiveAny(_holder.Forward));
            });
            ReceiveAny(_holder.Forward);
        }
    }

    private sealed class Decliner : ReceiveActor
    {
        public Decliner() => Receive<Offered>(offered =>
            offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, "no")));
    }

    private sealed class Borrower : ReceiveActor
    {
        public Borrower()
        {
            Receive<Offered>(offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
            Receive<Acquired>(lent => lent.Handle.Socket.Tell(new Return(lent.Handle, "done")));
            ReceiveAny(_ => { });
        }
    }
}
