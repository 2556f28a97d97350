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
    SocketTransports transports, SocketCounts ids, HandoffSettings settings, OwnerIndex owners)
    : UntypedActor
{
    public static Props Props(
        SocketTransports transports, SocketCounts ids, HandoffSettings settings, OwnerIndex owners) =>
        Akka.Actor.Props.Create(() => new SocketsActor(transports, ids, settings, owners));

    protected override SupervisorStrategy SupervisorStrategy() => Supervision.Strategy;

    // A restart leaves the children alive, which are live sockets.
    protected override void PreRestart(Exception reason, object message)
    {
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Listen listen: OnListen(listen); break;
            case Connect connect: OnConnect(connect); break;
            case Connected connected: OnConnected(connected); break;
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

        ids.Connecting++;
        var sender = Sender;
        ConnectAsync(transport!, connect, within).PipeTo(
            Self,
            success: result => new Connected(connect, sender, result),
            failure: gone => new Connected(connect, sender, Failed(gone)));
    }

    private SocketResult? Obstacle(Connect connect, TimeSpan within, out ITransport? transport)
    {
        transport = null;
        if (Malformed.Why(connect) is { } lacks) return lacks;
        if (!transports.TryGet(connect.Transport, out transport)) return transports.Unknown(connect.Transport);
        if (Limits.Unfit(within, settings) is { } unfit) return unfit;
        if (ids.Connecting >= settings.MaxConnecting)
        {
            return new(ResultCode.EEQUOTA, $"Connect: {ids.Connecting} are under way; handoff.connect.max-pending");
        }

        return Limits.Foreign(Self, connect.Owner, connect.Heir);
    }

    private void OnConnected(Connected connected)
    {
        ids.Connecting--;
        var (connect, sender, result) = connected;
        if (result.Connection is null)
        {
            Refuse(connect, sender, result.Result);
            return;
        }

        var id = ids.Next();
        var birth = Birth.OwnedBy(connect, settings.OfferTimeout);
        var props = SocketActor.Props(id, connect.Transport, result.Connection, birth, settings, owners);
        Context.ActorOf(props, $"{connect.Transport}-{id}");
    }

    // A transport that throws at once fails like one that throws later.
    private static async Task<ConnectResult> ConnectAsync(ITransport transport, Connect connect, TimeSpan within) =>
        await transport.ConnectAsync(connect.EndPoint, within, CancellationToken.None);

    private void Refuse(object command, IActorRef sender, SocketResult result) =>
        sender.Tell(new Refused(command, result), Self);

    private static ConnectResult Failed(Exception gone) =>
        new(null, new SocketResult(ResultCode.EECONNECT, gone.Message));

    private sealed record Connected(Connect Connect, IActorRef Sender, ConnectResult Result);

    public sealed record SpawnAnchor(Props Props);
}
