using System.Text;
using Akka.Actor;
using Handoff.Messages;

namespace PeelOff;

// Answers whoever has a word to say, on the one-to-many socket. An association that goes on is peeled off, and a
// worker of its own has it from the message on that the desk did not consume.
public sealed class Desk : ReceiveActor
{
    private const int Light = 3; // messages
    private readonly Dictionary<long, (int Heard, long End)> _senders = [];

    public Desk()
    {
        Receive<Offered>(offered => offered.Offer.Socket.Tell(
            new Acquire(offered.Offer, Self) { Reading = Reading.Active(1) }));
        Receive<ReceivedFrom>(note =>
        {
            var heard = _senders.GetValueOrDefault(note.Handle.Id).Heard + 1;
            _senders[note.Handle.Id] = (heard, note.End);
            note.Handle.Socket.Tell(heard <= Light
                ? Answer("desk", note)
                : new Peeloff(note.Handle)
                {
                    Target = Context.ActorOf(Props.Create(() => new Worker())), Reading = Reading.Lease,
                });
        });
        Receive<Sent>(sent => sent.Command.Handle.Socket.Tell(
            new Consumed(sent.Command.Handle, _senders[sent.Command.Handle.Id].End)));
        Receive<PeeledOff>(peeled => _senders.Remove(peeled.Command.Handle.Id));
        Receive<ReleaseFailed>(failed => End(failed.Release.Handle));
        Receive<Refused>(refused => End((refused.Command as Peeloff)?.Handle));
        Receive<PeerFinished>(end => End(end.Handle));
        Receive<Closed>(closed => _senders.Remove(closed.Handle.Id));
        ReceiveAny(_ => { }); // Acquired: what comes is told by ReceivedFrom; Released: the worker has it
    }

    private static void End(SocketHandle? handle) => handle?.Socket.Tell(new Close(handle));

    public static SendTo Answer(string who, ReceivedFrom note) =>
        new(note.Handle, Encoding.UTF8.GetBytes($"{who}: {Encoding.UTF8.GetString(note.Bytes.Span)}"), null);
}
