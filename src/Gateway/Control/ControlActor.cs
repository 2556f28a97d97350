using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Connections;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Gateway.Control;

// Where the gateway hears commands. It owns the socket, which goes to the next version with the others: at no moment
// does nobody answer under its name.
internal sealed class ControlActor : ReceiveActor
{
    private const int MostConnections = 16;

    private readonly IActorRef _sockets;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _listener = ActorRefs.Nobody;
    private IActorRef _asker = ActorRefs.Nobody;
    private SocketHandle? _socket;
    private string? _inherited;
    private int _connections;

    public ControlActor(IActorRef sockets)
    {
        _sockets = sockets;
        Receive<OpenControl>(OnOpen);
        Receive<Listening>(listening =>
        {
            _socket = listening.Handle;
            _asker.Tell(new ControlOpened(SocketResult.Success));
        });
        Receive<Offered>(
            offered => offered.Facts.Kind is SocketKind.Listener,
            offered => offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)));
        Receive<Offered>(OnConnection);
        Receive<Acquired>(acquired => (_socket, _inherited) = (acquired.Handle, $"{acquired.Facts.Local}"));
        Receive<Terminated>(_ => _connections--);
        Receive<ControlLeave>(OnLeave);
        Receive<SocketStatus>(status => _asker.Tell(status.Offer is null ? Stays.Instance : OnOffer.Instance));
        Receive<Released>(_ => _socket = null);
        Receive<ReleaseFailed>(_ => { });
        Receive<Refused>(OnRefused);
        Receive<Withdrawn>(_ => { });
        Receive<Closed>(_ => _socket = null);
    }

    public static Props Props(IActorRef sockets) => Akka.Actor.Props.Create(() => new ControlActor(sockets));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    // The file of a socket that was bound here goes with it; that of one that was inherited is left to us.
    protected override void PostStop()
    {
        if (_socket is not null && _inherited is not null) File.Delete(_inherited);
        base.PostStop();
    }

    private void OnOpen(OpenControl open)
    {
        (_listener, _asker) = (open.Listener, Sender);
        if (open.At is { } at) _sockets.Tell(new Listen(at, Self, Self) { Mode = OfferMode.AnyHolder });
        else _asker.Tell(new ControlOpened(SocketResult.Success));
    }

    private void OnConnection(Offered offered)
    {
        if (_connections == MostConnections)
        {
            offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, $"{MostConnections} are connected"));
            return;
        }

        _connections++;
        Context.Watch(Context.ActorOf(ControlConnection.Props(_listener))).Forward(offered);
    }

    // The socket answers the question behind the release once the offer is with the target.
    private void OnLeave(ControlLeave leave)
    {
        _asker = Sender;
        if (_socket is null)
        {
            _asker.Tell(Stays.Instance);
            return;
        }

        _socket.Socket.Tell(new Release(_socket, leave.Target) { Within = leave.Within });
        _socket.Socket.Tell(GetStatus.Instance);
    }

    private void OnRefused(Refused refused)
    {
        if (refused.Command is Listen) _asker.Tell(new ControlOpened(refused.Result));
        else _log.Debug("control: {0}", refused.Result);
    }
}
