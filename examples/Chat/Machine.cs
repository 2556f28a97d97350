using Akka.Actor;
using Handoff.Messages;

namespace Chat;

// Has those who are away, until they say something: then they go back to whoever was sent along with them.
public sealed class Machine : ReceiveActor
{
    private readonly Dictionary<long, IActorRef> _lobbies = [];

    public Machine()
    {
        Receive<Offered>(offered =>
        {
            _lobbies[offered.Offer.Id] = (IActorRef)offered.Attachment!;
            offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self) { Reading = Reading.Once });
        });
        Receive<Acquired>(member => member.Handle.Socket.Tell(new Write(member.Handle, "any line\n"u8.ToArray())));

        // What is not consumed is the next owner's to read.
        Receive<Received>(line => line.Handle.Socket.Tell(new Release(line.Handle, _lobbies[line.Handle.Id])));
        Receive<PeerFinished>(end => end.Handle.Socket.Tell(new Close(end.Handle)));
        Receive<Released>(released => _lobbies.Remove(released.Release.Handle.Id));
        Receive<Closed>(closed => _lobbies.Remove(closed.Handle.Id));
    }
}
