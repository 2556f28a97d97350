using Akka.Actor;
using Handoff.Messages;

namespace Handoff.TwoProcess.Tests.Host;

// Sends back what it receives, each byte once: what the system has of the answers it has, whoever was killed between
// an answer and the word that its question is consumed.
internal sealed class EchoingActor(IActorRef parent) : UntypedActor
{
    private long _answered;
    private Received? _question;

    public static Props Props(IActorRef parent) => Akka.Actor.Props.Create(() => new EchoingActor(parent));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered offered:
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self) { Reading = Reading.Passive });
                break;
            case Acquired acquired:
                _answered = acquired.Written;
                if (acquired.Written < acquired.Consumed) HostSettings.Say($"wrong lost {acquired}");
                acquired.Handle.Socket.Tell(new Keep(acquired.Handle, ServingActor.Key));
                break;
            case Confirmed { Command: Keep keep } kept:
                parent.Tell(kept);
                keep.Handle.Socket.Tell(new ReadBy(keep.Handle, Reading.Active(1)));
                break;
            case Received received:
                OnReceived(received);
                break;
            case Written written:
                _answered = written.Position;
                Consume(_question!);
                break;
            case PeerFinished finished:
                finished.Handle.Socket.Tell(new Close(finished.Handle));
                break;
            case Closed:
                Context.Stop(Self);
                break;
            default:
                HostSettings.Say($"wrong {message}");
                break;
        }
    }

    private void OnReceived(Received received)
    {
        var skipped = (int)Math.Clamp(_answered - received.Position, 0, received.Bytes.Length);
        _question = received;
        if (skipped == received.Bytes.Length) Consume(received);
        else received.Handle.Socket.Tell(new Write(received.Handle, received.Bytes[skipped..]));
    }

    private static void Consume(Received received) =>
        received.Handle.Socket.Tell(new Consumed(received.Handle, received.End));
}
