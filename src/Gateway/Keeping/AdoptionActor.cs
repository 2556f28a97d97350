using System.Net;
using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Services;
using Handoff.Gateway.Upgrade;
using Handoff.Messages;
using Handoff.Transport.Ownership;

namespace Handoff.Gateway.Keeping;

// Starts the gateway with what is there already: first the listeners that the service manager passed, and then what a
// predecessor that was killed has left, its listeners by their services, its connections where those were. With
// nothing of that it starts as it would alone.
internal sealed class AdoptionActor : ReceiveActor
{
    private readonly GatewaySettings _settings;
    private readonly IActorRef _keeper;
    private readonly IActorRef _gateway;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<EndPoint, string> _inherited = [];
    private readonly List<(SocketHandle Handle, bool IsManagers)> _listeners = [];
    private IReadOnlyDictionary<string, IActorRef> _services = new Dictionary<string, IActorRef>();
    private IActorRef _asker = ActorRefs.Nobody;
    private bool _isAdopted;
    private int _coming;

    public AdoptionActor(GatewaySettings settings, IActorRef keeper, IActorRef gateway)
    {
        (_settings, _keeper, _gateway) = (settings, keeper, gateway);
        Receive<Adopt>(_ =>
        {
            _asker = Sender;
            _keeper.Tell(GetInherited.Instance);
        });
        Receive<InheritedSockets>(OnInherited);
        Receive<Refused>(refused =>
        {
            _log.Warning("nothing is inherited: {0}", refused.Result);
            BecomeAdopting();
        });
    }

    public static Props Props(GatewaySettings settings, IActorRef keeper, IActorRef gateway) =>
        Akka.Actor.Props.Create(() => new AdoptionActor(settings, keeper, gateway));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void OnInherited(InheritedSockets inherited)
    {
        var allotment = Allotment.Of(inherited.Sockets, _settings.Services);
        if (allotment.Fault is (var service, var why)) _asker.Tell(new StartResult.Failed(service, why));
        else if (inherited.Sockets.Count == 0) BecomeAdopting();
        else BecomeInheriting(allotment);
    }

    // What no service wants is closed, and the manager goes on as it likes.
    private void BecomeInheriting(Allotment allotment)
    {
        Become(() =>
        {
            Receive<Prepared>(prepared =>
            {
                _services = prepared.Services;
                _keeper.Tell(new AdoptInherited(Self) { DurableReads = _settings.Kept.HasConnections });
            });
            Receive<Offered>(offered =>
            {
                if (allotment.Services.TryGetValue(offered.Facts.Id, out var service)) Acquire(offered, service);
                else Decline(offered, "no service wants it");
            });
            Receive<Acquired>(acquired => Take(acquired, allotment.Services[acquired.Facts.Id]));
            Receive<InheritedAdopted>(adopted =>
            {
                foreach (var closed in adopted.Closed)
                {
                    _log.Warning("the inherited descriptor '{0}' at {1} is closed: {2}",
                        closed.Name, closed.Facts?.Local, closed.Result);
                }

                _isAdopted = true;
                GoOn();
            });
            Receive<Refused>(refused =>
            {
                _log.Warning("nothing is inherited: {0}", refused.Result);
                if (refused.Command is Acquire) _coming--;
                else _isAdopted = true;
                GoOn();
            });
            Receive<Withdrawn>(_ => { });
        });
        _gateway.Tell(GetServiceActors.Instance);

        void Take(Acquired listener, string service)
        {
            Inherit(listener, service, isManagers: true);
            _coming--;
            GoOn();
        }

        void GoOn()
        {
            if (_isAdopted && _coming == 0) BecomeAdopting();
        }
    }

    private void BecomeAdopting()
    {
        if (!_settings.Kept.IsOn)
        {
            Start();
            return;
        }

        _isAdopted = false;
        Become(() =>
        {
            Receive<Confirmed>(_ => _gateway.Tell(GetServiceActors.Instance));
            Receive<Prepared>(prepared =>
            {
                _services = prepared.Services;
                _keeper.Tell(new AdoptKept(Kept.Key, Self) { DurableReads = _settings.Kept.HasConnections });
            });
            Receive<Offered>(OnOffered);
            Receive<Acquired>(OnListener);
            Receive<KeptAdopted>(OnAdopted);
            Receive<Refused>(refused => refused.Command is OpenKeeper or AdoptKept, refused =>
            {
                _log.Warning("nothing is adopted: {0}", refused.Result);
                Start();
            });
            Receive<Refused>(refused => refused.Command is Acquire, _ => OnCame());
            Receive<Withdrawn>(_ => OnCame());
            Receive<Came>(_ => { });
        });
        _keeper.Tell(_settings.Kept.Open);
    }

    private void OnAdopted(KeptAdopted adopted)
    {
        if (adopted.Acquired + adopted.Closed > 0)
            _log.Info("adopted={0} closed={1} of a gateway that was killed", adopted.Acquired, adopted.Closed);
        _isAdopted = true;
        StartIfComplete();
    }

    private void OnOffered(Offered offered)
    {
        if (offered.Facts is { Kind: SocketKind.Listener, Local: IPEndPoint at }
            && ServiceAt(at, offered.Attachment as string) is { } service)
        {
            Acquire(offered, service);
        }
        else if (KeptState.Parse(offered.Attachment) is { } state
            && _services.TryGetValue(state.Service, out var owner))
        {
            var props = ArrivalActor.Props(acceptor: null, _ => owner, acquired => Resumed(state, acquired));
            Context.ActorOf(props).Tell(offered);
        }
        else
        {
            Decline(offered, $"nothing here serves {offered.Facts.Local}");
        }
    }

    private void Acquire(Offered offered, string service)
    {
        _coming++;
        offered.Offer.Socket.Tell(new Acquire(offered.Offer, Self)
        {
            Acceptor = _services[service],
            AcceptMode = OfferMode.AnyHolder,
            ReadsWhenAcquired = SettingsOf(service).Exec is not null,
            ForPrograms = SettingsOf(service).Waits,
        });
    }

    private void Decline(Offered offered, string why) =>
        offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, why));

    private ConnectionState Resumed(KeptState state, Acquired socket) => new(
        state.Service,
        state.ResumeAt(SettingsOf(state.Service).Handler, socket, ChargenService.LineBytes),
        TimeSpan.Zero);

    private ServiceSettings SettingsOf(string service) => _settings.Services.First(each => each.Name == service);

    private string? ServiceAt(IPEndPoint at, string? name) =>
        Inheritance.Of([(at, name ?? "")], _settings.Services).TryGetValue(at, out var service)
            && !_inherited.ContainsValue(service)
            ? service
            : null;

    private void OnListener(Acquired listener)
    {
        if (ServiceAt((IPEndPoint)listener.Facts.Local!, listener.Attachment as string) is { } service)
            Inherit(listener, service, isManagers: false);
        else
            listener.Handle.Socket.Tell(new Close(listener.Handle));
        OnCame();
    }

    private void Inherit(Acquired listener, string service, bool isManagers)
    {
        if (_inherited.TryAdd(listener.Facts.Local!, service)) _listeners.Add((listener.Handle, isManagers));
        else listener.Handle.Socket.Tell(new Close(listener.Handle));
    }

    private void OnCame()
    {
        _coming--;
        StartIfComplete();
    }

    private void StartIfComplete()
    {
        if (_isAdopted && _coming == 0) Start();
    }

    private void Start()
    {
        _gateway.Tell(_inherited.Count == 0 ? new Start() : new Start(_inherited));
        Become(() =>
        {
            Receive<Prepared>(_ =>
            {
                foreach (var (listener, isManagers) in _listeners)
                {
                    listener.Socket.Tell(new Release(listener, _gateway)
                    {
                        Attachment = isManagers ? Kept.OfManager : null,
                    });
                }

                _gateway.Tell(TakenOver.Instance);
            });
            Receive<StartResult>(result => _asker.Tell(result));
            ReceiveAny(_ => { });
        });
    }
}
