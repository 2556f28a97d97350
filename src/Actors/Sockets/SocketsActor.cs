using Akka.Actor;
using Handoff.Configuration;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;
using Handoff.Transport.Sockets;
using Handoff.Transport.Sockets.Messages;

namespace Handoff.Sockets;

// Opens sockets: the parent of listeners, of connections that were made by Connect, and of the anchors of code outside
// actors.
internal sealed partial class SocketsActor(
    SocketTransports transports, SocketCounts ids, Connects connects, Surveys surveys, Policies policies, Rules rules)
    : UntypedActor
{
    private readonly HandoffSettings _settings = rules.Settings;

    public static Props Props(
        SocketTransports transports, SocketCounts ids, Policies policies, Rules rules)
    {
        var (connects, surveys) = (new Connects(), new Surveys(rules.Settings.Status.MaxPending));
        return Akka.Actor.Props.Create(() => new SocketsActor(transports, ids, connects, surveys, policies, rules));
    }

    // Made on first use: a restart of this one leaves it alive.
    private IActorRef Names => Context.Child("names") is { } known && !known.IsNobody()
        ? known
        : Context.ActorOf(NamesActor.Props(rules.Names, _settings.MaxWaitingGets, _settings.GiveScope), "names");

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
            case Bind bind: OnBind(bind); break;
            case Connects.Connected connected: OnConnected(connected); break;
            case Get get: OnGet(get); break;
            case GetNames or NamesActor.Cancel: Names.Forward(message); break;
            case ReleaseAll all: Context.ActorOf(BulkRelease.Props(new BulkRun(all, Sender, _settings))); break;
            case GetSockets query: OnGetSockets(query); break;
            case TakeIn come: OnTakeIn(come); break;
            case SpawnAnchor anchor: Sender.Tell(Context.ActorOf(anchor.Props)); break;
            default: Unhandled(message); break;
        }
    }

    private void OnListen(Listen listen)
    {
        var under = Under(listen.Credential);
        if (Obstacle(listen, under, out var transport) is { } obstacle)
        {
            Refuse(listen, Sender, obstacle);
            return;
        }

        if (Source(listen, transport!, out var result) is not { } source)
        {
            Refuse(listen, Sender, result);
            return;
        }

        var id = ids.Next();
        var filters = new FilterRoom(_settings.AcceptFilters, listen.AcceptFilter);
        var most = listen.MaxWaiting ?? _settings.MaxWaiting;
        var owned = new OwnedListener(id, transport!.Name, source, filters, most)
        {
            IsForPrograms = listen.ForPrograms,
        };
        Context.ActorOf(ListenerActor.Props(id, listen, owned, ids, under), $"listener-{id}");
    }

    private AcceptSource? Source(Listen listen, ITransport transport, out SocketResult result)
    {
        if (transport is not IRecordTransport records)
        {
            (var streams, result) = transport.Listen(listen.EndPoint, _settings.Backlog);
            if (streams is null || !listen.DurableReads || streams.Passable is not null)
                return streams is null ? null : new AcceptSource.OfStreams(streams);
            streams.Dispose();
            result = NotDurable;
            return null;
        }

        result = listen.DurableReads ? NotDurable : FilterRoom.NoStreams(transport.Name);
        if (listen.AcceptFilter is not null || listen.DurableReads) return null;
        (var listener, result) = records.ListenRecords(listen.EndPoint, _settings.Backlog);
        return listener is null ? null : new AcceptSource.OfRecords(listener);
    }

    private SocketResult? Obstacle(Listen listen, Rules under, out ITransport? transport)
    {
        transport = null;
        if (Malformed.Why(listen) is { } lacks) return lacks;
        var isKnown = transports.TryGet(listen.Transport, listen.EndPoint, out transport);
        var name = transport?.Name ?? listen.Transport;
        if (under.Warrant?.Objection(listen, name, Sender) is { } objection) return Forbidden(listen, objection);
        if (!isKnown) return transports.Unknown(listen.Transport, listen.EndPoint);
        return Limits.Unfit(listen, Self, _settings);
    }

    private void OnBind(Bind bind)
    {
        var under = Under(bind.Credential);
        if (Obstacle(bind, under, out var transport) is { } obstacle)
        {
            Refuse(bind, Sender, obstacle);
            return;
        }

        var (socket, result) = bind.SharesAddress
            ? transport!.OpenShared(bind.EndPoint, bind.Peer)
            : transport!.Open(bind.EndPoint, bind.Peer);
        if (socket is null)
        {
            Refuse(bind, Sender, result);
            return;
        }

        if (bind.ForPrograms) socket.LeaveToPrograms();
        Birth.OwnedBy(bind, _settings.OfferTimeout).Spawn(Context, ids.Next(), transport.Name, socket, under);
    }

    private SocketResult? Obstacle(Bind bind, Rules under, out IDatagramTransport? transport)
    {
        transport = null;
        if (Malformed.Why(bind) is { } lacks) return lacks;
        var address = bind.EndPoint ?? bind.Peer!;
        var isKnown = transports.TryGetDatagrams(bind.Transport, address, out var named);
        var name = named?.Name ?? bind.Transport;
        if (under.Warrant?.Objection(bind, name, Sender) is { } objection) return Forbidden(bind, objection);
        if (!isKnown) return transports.Unknown(bind.Transport, address);
        transport = named as IDatagramTransport;
        if (transport is null) return new(ResultCode.EEMODENOTSUPP, $"Bind: {name} has no datagrams");
        return Limits.Foreign(Self, bind.Owner, bind.Heir);
    }

    private void OnGet(Get get)
    {
        var obstacle = Malformed.Why(get)
            ?? GiveName.Unfit(nameof(Get), get.Name)
            ?? (get.Within is { } within ? Limits.Unfit(within, _settings) : null)
            ?? Limits.Foreign(Self, get.Owner, get.Heir);
        if (obstacle is null) Names.Forward(get);
        else Refuse(get, Sender, obstacle);
    }

    private void OnConnect(Connect connect)
    {
        var within = connect.Within ?? _settings.ConnectTimeout;
        var under = Under(connect.Credential);
        if (Obstacle(connect, within, under, out var transport) is { } obstacle)
        {
            Refuse(connect, Sender, obstacle);
            return;
        }

        connects.Begin(connect, Sender, under, transport!, within).PipeTo(Self);
    }

    private SocketResult? Obstacle(Connect connect, TimeSpan within, Rules under, out ITransport? transport)
    {
        transport = null;
        if (Malformed.Why(connect) is { } lacks) return lacks;
        var isKnown = transports.TryGet(connect.Transport, connect.EndPoint, out transport);
        var name = transport?.Name ?? connect.Transport;
        if (under.Warrant?.Objection(connect, name, Sender) is { } objection) return Forbidden(connect, objection);
        if (!isKnown) return transports.Unknown(connect.Transport, connect.EndPoint);
        if (Limits.Unfit(within, _settings) is { } unfit) return unfit;
        if (connects.Count >= _settings.MaxConnecting)
        {
            return new(ResultCode.EEQUOTA, $"Connect: {connects.Count} are under way; handoff.connect.max-pending");
        }

        return Limits.Foreign(Self, connect.Owner, connect.Heir);
    }

    private void OnConnected(Connects.Connected connected)
    {
        var (connect, sender) = (connected.Pending.Command, connected.Pending.Sender);
        if (connects.End(connected.Pending) is not { } newcomer)
        {
            Refuse(connect, sender, connected.Result);
            return;
        }

        var birth = Birth.OwnedBy(connect, _settings.OfferTimeout);
        birth.Spawn(Context, ids.Next(), connected.Pending.Transport, newcomer, connected.Pending.Rules);
    }

    private void OnGetSockets(GetSockets query)
    {
        var (bounds, most) = (_settings.Status, query.Most ?? _settings.Status.MaxPage);
        if (Obstacle(query, most, bounds.MaxPage) is { } obstacle)
        {
            Refuse(query, Sender, obstacle);
            return;
        }

        var survey = new Survey(query, Sender, rules.Owners, most);
        Context.ActorOf(SurveyActor.Props(survey, surveys, bounds.Timeout));
    }

    private SocketResult? Obstacle(GetSockets query, int most, int maxPage)
    {
        if (Under(query.Credential).Warrant?.ObjectionToSurvey(Sender) is { } objection)
            return Forbidden(query, objection);
        if (query.After < 0) return new(ResultCode.EEBADDATA, $"GetSockets: after {query.After}");
        if (most < 1) return new(ResultCode.EEBADDATA, $"GetSockets: a page of {most}");
        if (most > maxPage)
            return new(ResultCode.EEQUOTA, $"GetSockets: {most} sockets; handoff.status.max-page is {maxPage}");
        return surveys.TryBegin()
            ? null
            : new(ResultCode.EEQUOTA, "GetSockets: as many as handoff.status.max-pending are under way");
    }

    private void OnTakeIn(TakeIn come)
    {
        if (!come.TryTake()) return;
        var (under, by) = (Under(credential: null), come.By);
        if (come.Newcomer is { } newcomer)
        {
            var birth = Birth.OwnedBy(by, come.Attachment, _settings.OfferTimeout) with
            {
                IsStored = come.Copy is Copy.Stored,
            };
            Sender.Tell(new TakenIn(birth.Spawn(Context, come.Id, come.Transport, newcomer, under)), Self);
            return;
        }

        var source = come.Source!;
        var listen = new Listen(source.LocalEndPoint, by.Owner, by.Acceptor)
        {
            Mode = by.AcceptMode,
            DurableReads = come.IsDurable,
            ReadsWhenAcquired = by.ReadsWhenAcquired,
        };
        var filters = new FilterRoom(_settings.AcceptFilters, filter: null);
        var owned = new OwnedListener(come.Id, come.Transport, source, filters, _settings.MaxWaiting)
        {
            Came = come, IsForPrograms = by.ForPrograms,
        };
        var props = ListenerActor.Props(come.Id, listen, owned, ids, under);
        Sender.Tell(new TakenIn(Context.ActorOf(props, $"listener-{come.Id}")), Self);
    }

    private static SocketResult NotDurable =>
        new(ResultCode.EEMODENOTSUPP, "Listen: only streams of the Linux engine are read durably");

    // The credential that a socket has all its life is caught here, before it is made.
    private Rules Under(object? credential) => policies.Current is { } policy
        ? rules with { Warrant = new Warrant(policy, credential, Context.System) }
        : rules;

    private static SocketResult Forbidden(object command, string objection) =>
        new(ResultCode.EESECURITY, $"{command.GetType().Name}: policy forbids it: {objection}");

    private void Refuse(object command, IActorRef sender, SocketResult result) =>
        sender.Tell(Refusals.Of(Self, Hearer.MayHear(sender, command), result), Self);
}
