using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Services;
using Handoff.Messages;
using Handoff.Transport;
using Handoff.Transport.Ownership;

namespace Handoff.Gateway.Connections;

// The parent of the services and the owner of their listeners: a service that fails goes on listening, and when
// this one stops, nothing listens any more.
internal sealed partial class GatewayActor : ReceiveActor, IWithTimers
{
    private readonly GatewaySettings _settings;
    private readonly ServiceCatalogue _catalogue;
    private readonly IActorRef _sockets;
    private readonly TaskCompletionSource<string> _ended;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _services = new(StringComparer.Ordinal);
    private readonly List<RunningService> _running = [];
    private string _why = "the gateway's actor was stopped";

    public GatewayActor(
        GatewaySettings settings, ServiceCatalogue catalogue, IActorRef sockets, TaskCompletionSource<string> ended)
    {
        _settings = settings;
        _sockets = sockets;
        _ended = ended;
        _catalogue = catalogue;
        Receive<GetServiceActors>(_ => Sender.Tell(new Prepared(_services)));
        Receive<Start>(start => ListenNext(Sender, start, new Queue<ServiceSettings>(settings.Services)));
        Receive<Terminated>(OnServiceLost);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    // Ended is completed, with the reason, when the actor has stopped.
    public static Props Props(
        GatewaySettings settings, ServiceCatalogue catalogue, IActorRef sockets, TaskCompletionSource<string> ended) =>
        Akka.Actor.Props.Create(() => new GatewayActor(settings, catalogue, sockets, ended));

    // Not restarted: Akka restarts the children along, and all the connections of a service would pay for its fault.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Resume);

    protected override void PreStart() => StartServices();

    // Nothing can be saved of it: its fault ends the gateway.
    protected override void PreRestart(Exception reason, object message)
    {
        _why = $"the gateway's actor failed: {reason.Message}";
        base.PreRestart(reason, message);
    }

    protected override void PostRestart(Exception reason) => Context.Stop(Self);

    protected override void PostStop() => _ended.TrySetResult(_why);

    private void StartServices()
    {
        var named = new Dictionary<string, IActorRef>(StringComparer.OrdinalIgnoreCase);
        foreach (var service in _settings.Services.OrderBy(s => s.Handler == SettingsReader.TcpmuxHandler))
        {
            Func<Props> connection = service switch
            {
                { Handler: SettingsReader.TcpmuxHandler } => () => TcpmuxConnection.Props(service, named),
                { Exec: not null } => () => ExecConnection.Props(service),
                _ => () => ServingConnection.Props(service, _catalogue),
            };
            var props = service.Waits ? WaitingService.Props(service) : ServiceActor.Props(service, connection);
            var actor = Context.Watch(Context.ActorOf(props, service.Name));
            _services.Add(service.Name, actor);
            if (service.Tcpmux) named.Add(service.Name, actor);
        }
    }

    // One after the other: the answer does not say which of several listeners it is about. What is inherited comes
    // from the process that is replaced.
    private void ListenNext(IActorRef asker, Start start, Queue<ServiceSettings> rest)
    {
        while (rest.TryPeek(out var next) && (next.EndPoint is null || start.Inherits(next.Name)))
            _running.Add(new RunningService(rest.Dequeue(), null, null));
        if (!rest.TryDequeue(out var service))
        {
            Timers.CancelAll();
            if (start.Inherited is null) FinishStart(asker);
            else BecomeTakingOver(asker, start.Inherited);
            return;
        }

        if (!Timers.IsTimerActive(nameof(Overdue)))
            Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.StartTimeout);
        _sockets.Tell(new Listen(service.EndPoint!, Self, _services[service.Name])
        {
            Mode = OfferMode.AnyHolder,
            ReadsWhenAcquired = service.Exec is not null,
            ForPrograms = service.Waits,
            DurableReads = _settings.Kept.HasConnections,
        });
        Become(() =>
        {
            Receive<Listening>(listening =>
            {
                _log.Info("listening service={0} address={1}", service.Name, listening.EndPoint);
                _running.Add(new RunningService(service, listening.EndPoint, listening.Handle));
                ListenNext(asker, start, rest);
            });
            Receive<Refused>(refused => FailStart(asker, service, refused.Result));
            Receive<Overdue>(_ => FailStart(asker, service, SocketResult.Of(ResultCode.EETIMEDOUT)));
            Receive<Terminated>(OnServiceLost);
        });
    }

    private void FinishStart(IActorRef asker)
    {
        asker.Tell(new StartResult.Started([.. _running]));
        KeepListeners();
        LendListeners();
        BecomeRunning();
    }

    private void FailStart(IActorRef asker, ServiceSettings service, SocketResult result)
    {
        asker.Tell(new StartResult.Failed(service, result));
        End($"services.{service.Name} cannot listen: {result}");
    }

    private void BecomeRunning() => Become(() =>
    {
        Receive<Depart>(depart => Recall(Sender, depart));
        Running();
    });

    private void Running()
    {
        Receive<Stop>(_ => BecomeStopping(Sender));
        Receive<GetServices>(_ => Sender.Tell(new RunningServices([.. _running])));
        Receive<StopListening>(_ => OnStopListening());
        Receive<CloseAll>(all =>
        {
            foreach (var service in _services.Values) service.Tell(all);
        });
        Receive<Terminated>(dead =>
        {
            if (!_former.Remove(dead.ActorRef)) OnServiceLost(dead);
        });
        Receive<Offered>(Take);
        ReceiveOfLending();
        Receive<Acquired>(Inherit);
        Receive<Withdrawn>(_ => { });
        Receive<Released>(released => Forget(released.Release.Handle));
        Receive<ReleaseFailed>(failed => LendById(failed.Release.Handle.Id));
        ReceiveOfKeeper();
        Receive<Refused>(_ => { });
        Receive<Closed>(closed =>
        {
            if (_running.Find(r => r.Listener?.Id == closed.Handle.Id) is { } lost)
                End($"the listener of services.{lost.Settings.Name} closed: {closed.Result}");
        });
    }

    private void BecomeStopping(IActorRef asker)
    {
        var listening = _running.Where(r => r.Listener is not null).Select(r => r.Listener!.Id).ToHashSet();
        var draining = _running.Select(r => r.Settings.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var service in _running) service.Listener?.Socket.Tell(new Close(service.Listener));
        foreach (var service in _services.Values) service.Tell(Drain.Instance);
        Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.DrainTimeout);
        _log.Info("stopping: nothing listens, connections have {0} to finish", _settings.DrainTimeout);

        var inTime = true;
        void Check()
        {
            if (listening.Count + draining.Count > 0) return;
            Finish(asker, inTime);
        }

        Become(() =>
        {
            Receive<Closed>(closed =>
            {
                listening.Remove(closed.Handle.Id);
                Check();
            });
            ReceiveOfLending(isStopping: true);
            Receive<Released>(released =>
            {
                listening.Remove(released.Release.Handle.Id);
                Check();
            });
            Receive<ServiceDrained>(drained =>
            {
                draining.Remove(drained.Service);
                Check();
            });
            Receive<Terminated>(dead =>
            {
                draining.Remove(dead.ActorRef.Path.Name);
                Check();
            });
            Receive<Overdue>(_ => inTime, _ =>
            {
                inTime = false;
                foreach (var service in _services.Values) service.Tell(CloseAll.Instance);
                Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.EndTimeout);
            });
            Receive<Overdue>(_ => Finish(asker, inTime: false));
        });
        Check();
    }

    private void Finish(IActorRef asker, bool inTime)
    {
        asker.Tell(new Stopped(inTime));
        End("stopped");
    }

    private void OnServiceLost(Terminated dead) => End($"services.{dead.ActorRef.Path.Name} stopped");

    private void End(string why)
    {
        _why = why;
        Context.Stop(Self);
    }

    private sealed record Overdue
    {
        public static Overdue Instance { get; } = new();
    }
}
