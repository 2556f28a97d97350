using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// How a socket comes into the world. Waiting is told once, when it found its first owner or ended
// without one; a listener counts by it how many wait.
internal sealed record Birth(
    Transition<IActorRef> Transition, TimeSpan Within, Reading Reading, IActorRef? Waiting)
{
    public object? Attachment { get; init; }

    public bool ReadsWhenAcquired { get; init; }

    public bool IsStored { get; init; }

    // It was an association of a one-to-many socket before.
    public bool IsPeeledOff { get; init; }

    public static Birth OwnedBy(Acquire acquire, object? attachment, TimeSpan within) =>
        new(OwnershipTable.Start(acquire.Owner, acquire.Heir), within, acquire.Reading, Waiting: null)
        {
            Attachment = attachment,
        };

    public static Birth OwnedBy(Connect connect, TimeSpan within) =>
        new(OwnershipTable.Start(connect.Owner, connect.Heir), within, connect.Reading, Waiting: null);

    public static Birth OwnedBy(Bind bind, TimeSpan within) =>
        new(OwnershipTable.Start(bind.Owner, bind.Heir), within, bind.Reading, Waiting: null);

    public static Birth PeeledOff(IActorRef owner, IActorRef? heir, Reading reading, TimeSpan within) =>
        new(OwnershipTable.Start(owner, heir), within, reading, Waiting: null) { IsPeeledOff = true };

    public static Birth OfferedTo(IActorRef acceptor, OfferMode mode, TimeSpan within, IActorRef listener) =>
        new(OwnershipTable.StartOffered(mode, acceptor), within, Reading.Lease, listener);

    // The newcomer is its actor's from here on. Without an actor it ends at once: nothing else would close it.
    public IActorRef Spawn(
        IActorContext parent,
        long id,
        string transport,
        INewcomer newcomer,
        Rules rules)
    {
        try
        {
            var props = newcomer switch
            {
                SocketConnection connection => SocketActor.Props(id, transport, connection, this, rules),
                MessageSocket messages => DatagramActor.Props(id, transport, messages, this, rules),
                _ => throw new ArgumentException($"{newcomer} has no actor.", nameof(newcomer)),
            };
            return parent.ActorOf(props, $"{transport}-{id}");
        }
        catch (Exception gone)
        {
            newcomer.Abort(new SocketResult(ResultCode.EEABORTED, gone.Message));
            throw;
        }
    }
}
