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
internal sealed class GatewayActor : ReceiveActor, IWithTimers
{
    private readonly GatewaySettings _settings;
    private readonly ServiceCatalogue _catalogue;
    private readonly IActorRef _sockets;
    private readonly TaskCompletionSource<string> _ended;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Dictionary<string, IActorRef> _services = new(StringComparer.Ordinal);
    private string _why = "the gateway's actor was stopped";

    public GatewayActor(
        GatewaySettings settings, ServiceCatalogue catalogue, IActorRef sockets, TaskCompletionSource<string> ended)
    {
        _settings = settings;
        _sockets = sockets;
        _ended = ended;
        _catalogue = catalogue;
        Receive<Start>(_ => ListenNext(Sender, [], new Queue<ServiceSettings>(settings.Services)));
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
            Func<Props> connection = service.Handler == SettingsReader.TcpmuxHandler
                ? () => TcpmuxConnection.Props(service, named)
                : () => ServingConnection.Props(service, _catalogue);
            var actor = Context.Watch(Context.ActorOf(ServiceActor.Props(service, connection), service.Name));
            _services.Add(service.Name, actor);
            if (service.Tcpmux) named.Add(service.Name, actor);
        }
    }

    // One after the other: the answer does not say which of several listeners it is about.
    private void ListenNext(IActorRef asker, List<RunningService> running, Queue<ServiceSettings> rest)
    {
        while (rest.TryPeek(out var portless) && portless.EndPoint is null)
            running.Add(new RunningService(rest.Dequeue(), null, null));
        if (!rest.TryDequeue(out var service))
        {
            Timers.CancelAll();
            asker.Tell(new StartResult.Started(running));
            BecomeRunning(running);
            return;
        }

        if (!Timers.IsTimerActive(nameof(Overdue)))
            Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.StartTimeout);
        _sockets.Tell(new Listen(service.EndPoint!, Self, _services[service.Name]) { Mode = OfferMode.AnyHolder });
        Become(() =>
        {
            Receive<Listening>(listening =>
            {
                _log.Info("listening service={0} address={1}", service.Name, listening.EndPoint);
                running.Add(new RunningService(service, listening.EndPoint, listening.Handle));
                ListenNext(asker, running, rest);
            });
            Receive<Refused>(refused => FailStart(asker, service, refused.Result));
            Receive<Overdue>(_ => FailStart(asker, service, SocketResult.Of(ResultCode.EETIMEDOUT)));
            Receive<Terminated>(OnServiceLost);
        });
    }

    private void FailStart(IActorRef asker, ServiceSettings service, SocketResult result)
    {
        asker.Tell(new StartResult.Failed(service, result));
        End($"services.{service.Name} cannot listen: {result}");
    }

    private void BecomeRunning(List<RunningService> running) => Become(() =>
    {
        Receive<Stop>(_ => BecomeStopping(Sender, running));
        Receive<Terminated>(OnServiceLost);
        Receive<Closed>(closed =>
        {
            var lost = running.FirstOrDefault(r => r.Listener?.Id == closed.Handle.Id);
            End($"the listener of services.{lost?.Settings.Name} closed: {closed.Result}");
        });
    });

    private void BecomeStopping(IActorRef asker, List<RunningService> running)
    {
        var listening = running.Where(r => r.Listener is not null).Select(r => r.Listener!.Id).ToHashSet();
        var draining = running.Select(r => r.Settings.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var service in running) service.Listener?.Socket.Tell(new Close(service.Listener));
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
                Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, _settings.CloseTimeout);
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
