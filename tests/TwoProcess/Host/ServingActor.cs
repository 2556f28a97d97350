using System.Net;
using Akka.Actor;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.TwoProcess.Tests.Host;

// Says its port, whatever of it is not as it has to be, and when so many connections are kept.
internal sealed class ServingActor(HandoffExtension handoff, int connections) : UntypedActor
{
    public const string Key = "echo";

    private int _kept;
    private bool _listens;

    protected override void PreStart() =>
        handoff.Keeper.Tell(new AdoptKept(Key, Self) { DurableReads = true });

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Offered { Facts.Kind: SocketKind.Listener } offered:
                _listens = true; // the word that all is adopted may come before it
                offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self) { AcceptMode = OfferMode.AnyHolder });
                break;
            case Offered offered:
                Context.ActorOf(EchoingActor.Props(Self)).Forward(offered);
                break;
            case Acquired acquired:
                acquired.Handle.Socket.Tell(new Keep(acquired.Handle, Key));
                break;
            case KeptAdopted adopted:
                HostSettings.Say($"adopted {adopted.Acquired} {adopted.Closed} {adopted.Result.Code}");
                if (_listens) break;
                handoff.Sockets.Tell(new Listen(new IPEndPoint(IPAddress.Loopback, 0), Self)
                {
                    DurableReads = true, Mode = OfferMode.AnyHolder,
                });
                break;
            case Listening listening:
                HostSettings.Say($"port {((IPEndPoint)listening.EndPoint).Port}");
                listening.Handle.Socket.Tell(new Keep(listening.Handle, Key));
                break;
            case Confirmed:
                if (_kept++ == connections) HostSettings.Say("kept");
                break;
            default:
                HostSettings.Say($"wrong {message}");
                break;
        }
    }
}
