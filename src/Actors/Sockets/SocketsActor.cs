using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;

namespace Handoff.Sockets;

// Opens sockets: the parent of listeners, of connections that were made by Connect, and of the anchors of code outside
// actors.
internal sealed class SocketsActor(
    SocketTransports transports, SocketCounts ids, Connects connects, HandoffSettings settings, OwnerIndex owners)
    : UntypedActor
{
    public static Props Props(
        SocketTransports transports, SocketCounts ids, HandoffSettings settings, OwnerIndex owners)
    {
        var connects = new Connects();
        return Akka.Actor.Props.Create(() => new SocketsActor(transports, ids, connects, settings, owners));
    }

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.Strategy;

    // A restart leaves the children alive, which are live sockets.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void PostStop()
    {
        var why = new SocketResult(ResultCode.EEABORTED, "Connect: the actor of all sockets was stopped");
        foreach (var pending in connects.Stop()) Refuse(pending.Command, pending.Sender, why);
        base.PostStop();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Listen listen: OnListen(listen); break;
            case Connect connect: OnConnect(connect); break;
            case Connects.Connected connected: OnConnected(connected); break;
            case SpawnAnchor anchor: Sender.Tell(Context.ActorOf(anchor.Props)); break;
            default: Unhandled(message); break;
        }
    }

    private void OnListen(Listen listen)
    {
        if (Malformed.Why(listen) is { } lacks)
        {
            Refuse(listen, Sender, lacks);
            return;
        }

        if (!transports.TryGet(listen.Transport, out var transport))
        {
            Refuse(listen, Sender, transports.Unknown(listen.Transport));
            return;
        }

        if (Limits.Foreign(Self, listen.Owner, listen.Acceptor) is { } foreign)
        {
            Refuse(listen, Sender, foreign);
            return;
        }

        var opened = transport.Listen(listen.EndPoint, settings.Backlog);
        if (opened.Listener is null)
        {
            Refuse(listen, Sender, opened.Result);
            return;
        }

        var id = ids.Next();
        var owned = new OwnedListener(id, listen, new AcceptSource(opened.Listener), settings.MaxWaiting);
        Context.ActorOf(ListenerActor.Props(id, listen, owned, ids, settings, owners), $"listener-{id}");
    }

    private void OnConnect(Connect connect)
    {
        var within = connect.Within ?? settings.ConnectTimeout;
        if (Obstacle(connect, within, out var transport) is { } obstacle)
        {
            Refuse(connect, Sender, obstacle);
            return;
        }

        connects.Begin(connect, Sender, transport!, within).PipeTo(Self);
    }

    private SocketResult? Obstacle(Connect connect, TimeSpan within, out ITransport? transport)
    {
        transport = null;
        if (Malformed.Why(connect) is { } lacks) return lacks;
        if (!transports.TryGet(connect.Transport, out transport)) return transports.Unknown(connect.Transport);
        if (Limits.Unfit(within, settings) is { } unfit) return unfit;
        if (connects.Count >= settings.MaxConnecting)
        {
            return new(ResultCode.EEQUOTA, $"Connect: {connects.Count} are under way; handoff.connect.max-pending");
        }

        return Limits.Foreign(Self, connect.Owner, connect.Heir);
    }

    private void OnConnected(Connects.Connected connected)
    {
        var (connect, sender) = (connected.Pending.Command, connected.Pending.Sender);
        if (connects.End(connected.Pending) is not { } connection)
        {
            Refuse(connect, sender, connected.Result);
            return;
        }

        var birth = Birth.OwnedBy(connect, settings.OfferTimeout);
        birth.Spawn(Context, ids.Next(), connect.Transport, connection, settings, owners);
    }

    private void Refuse(object command, IActorRef sender, SocketResult result) =>
        sender.Tell(new Refused(command, result), Self);

    public sealed record SpawnAnchor(Props Props);
}
