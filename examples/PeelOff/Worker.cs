using Akka.Actor;
using Handoff.Messages;

namespace PeelOff;

// Has one heavy association for itself, on a socket of its own.
public sealed class Worker : ReceiveActor
{
    private long _end;
    public Worker()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) }));
        Receive<ReceivedFrom>(note =>
        {
            _end = note.End;
            note.Handle.Socket.Tell(Desk.Answer("worker", note));
        });
        Receive<Sent>(sent => sent.Command.Handle.Socket.Tell(new Consumed(sent.Command.Handle, _end)));
        Receive<PeerFinished>(end => end.Handle.Socket.Tell(new Close(end.Handle)));
        Receive<Closed>(_ => Context.Stop(Self));
        ReceiveAny(_ => { });
    }
}
