using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Messages;

namespace Handoff.Gateway.Connections;

// A service: takes connections up to its limit, each with a child that acquires it. A child that fails costs its own
// connection and no other.
internal sealed class ServiceActor : ReceiveActor, IWithTimers
{
    private readonly ServiceSettings _settings;
    private readonly Func<Props> _connection;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<IActorRef> _connections = [];
    private readonly Dictionary<IActorRef, OfferHandle> _unanswered = [];
    private LeaveCount? _leaving;

    public ServiceActor(ServiceSettings settings, Func<Props> connection)
    {
        _settings = settings;
        _connection = connection;
        Receive<Offered>(Take);
        Common();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServiceSettings settings, Func<Props> connection) =>
        Akka.Actor.Props.Create(() => new ServiceActor(settings, connection));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Take(Offered offered)
    {
        // One that was served in another process is never refused, but it counts.
        if (_connections.Count >= _settings.MaxConnections && offered.Attachment is not ConnectionState)
        {
            _log.Warning("socket={0} peer={1} refused: max-connections is {2}",
                offered.Facts.Id, offered.Facts.Remote, _settings.MaxConnections);
            Decline(offered.Offer, $"{_settings.Name} has as many connections as it may");
            return;
        }

        var connection = Context.ActorOf(_connection());
        _connections.Add(Context.Watch(connection));
        _unanswered.Add(connection, offered.Offer);
        connection.Forward(offered);
    }

    private void Common()
    {
        Receive<Began>(_ => _unanswered.Remove(Sender));
        Receive<Terminated>(dead => OnEnded(dead.ActorRef));
        Receive<Drain>(_ => BecomeDraining(Sender));
        Receive<CloseAll>(_ => OnCloseAll());
        Receive<LeaveSome>(OnLeave);
        Receive<OnOffer>(_ => OnAnswer(Sender, isOnOffer: true));
        Receive<Stays>(_ => OnAnswer(Sender, isOnOffer: false));
        Receive<PauseOverdue>(_ => TellLeaving());

        // The answer to a Decline that came too late: the offer had another outcome, told to whom it concerns.
        Receive<Refused>(_ => { });
        Receive<Withdrawn>(_ => { });
    }

    private void BecomeDraining(IActorRef asker)
    {
        Become(() =>
        {
            Receive<Offered>(offered => Decline(offered.Offer, "the gateway is stopping"));
            Receive<Terminated>(dead =>
            {
                OnEnded(dead.ActorRef);
                TellIfDrained(asker);
            });
            Common();
        });
        TellIfDrained(asker);
    }

    private void TellIfDrained(IActorRef asker)
    {
        if (_connections.Count == 0) asker.Tell(new ServiceDrained(_settings.Name));
    }

    private void OnEnded(IActorRef connection)
    {
        _connections.Remove(connection);
        if (_unanswered.Remove(connection, out var offer)) Decline(offer, $"{_settings.Name} failed to take it");
        OnAnswer(connection, isOnOffer: false);
    }

    // Those that have not acquired yet do not know what they have: they stay until they are asked again.
    private void OnLeave(LeaveSome leave)
    {
        var asked = _connections.Where(connection => !_unanswered.ContainsKey(connection)).Take(leave.Most).ToList();
        _leaving = new LeaveCount(Sender, asked);
        foreach (var connection in asked) connection.Tell(leave.How);
        if (_leaving.IsComplete) TellLeaving();
        else Timers.StartSingleTimer(nameof(PauseOverdue), PauseOverdue.Instance, leave.PauseTimeout);
    }

    private void OnAnswer(IActorRef connection, bool isOnOffer)
    {
        _leaving?.Note(connection, isOnOffer);
        if (_leaving is { IsComplete: true }) TellLeaving();
    }

    private void TellLeaving()
    {
        if (_leaving is not { } leaving) return;
        Timers.Cancel(nameof(PauseOverdue));
        _leaving = null;
        leaving.Asker.Tell(new ServiceLeaving(_settings.Name, leaving.OnOffer, _connections.Count));
    }

    private void OnCloseAll()
    {
        if (_connections.Count > 0) _log.Warning("{0} connection(s) did not finish in time", _connections.Count);
        foreach (var connection in _connections) connection.Tell(CloseAll.Instance);
    }

    private void Decline(OfferHandle offer, string reason) => offer.Socket.Tell(new Decline(offer, Self, reason));

    private sealed record PauseOverdue
    {
        public static PauseOverdue Instance { get; } = new();
    }
}
