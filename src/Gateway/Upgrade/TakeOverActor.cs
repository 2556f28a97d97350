using System.Net;
using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Control;
using Handoff.Messages;

namespace Handoff.Gateway.Upgrade;

// The side that replaces another process: says what it wants, takes it, and starts with it. Once a socket of the old
// process is here there is no way back: it goes on whatever becomes of the old one.
internal sealed class TakeOverActor : ReceiveActor
{
    private const string Service = "upgrade";

    private readonly GatewaySettings _settings;
    private readonly TakeOverParts _parts;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly List<(IPEndPoint At, string Service)> _listeners = [];

    // By the number of the socket; each until what came is its owner's.
    private readonly Dictionary<long, IActorRef> _asked = [];
    private IReadOnlyDictionary<EndPoint, string> _inherited = new Dictionary<EndPoint, string>();
    private IReadOnlyDictionary<string, IActorRef> _services = new Dictionary<string, IActorRef>();
    private IActorRef _asker = ActorRefs.Nobody;
    private IActorRef _line = ActorRefs.Nobody;
    private bool _inheritsControl;
    private int _oldProcess;
    private int _pending;
    private Phase _phase;

    public TakeOverActor(GatewaySettings settings, TakeOverParts parts)
    {
        _settings = settings;
        _parts = parts;
        Receive<TakeOver>(_ => Begin());
        Receive<Reached>(_ => _line.Tell(Say.Line(UpgradeWords.TakeOver, UpgradeWords.Version)));
        Receive<Said>(said => OnSaid(said.Words));
        Receive<Prepared>(OnPrepared);
        Receive<ControlOpened>(OnControlOpened);
        Receive<ServiceOpened>(TellReady);
        Receive<Refused>(refused => Fail($"no other process can reach this one: {refused.Result}"));
        Receive<Offered>(OnOffered);
        Receive<Came>(OnCame);
        Receive<Withdrawn>(gone => _asked.GetValueOrDefault(gone.Offer.Id, ActorRefs.Nobody).Tell(gone));
        Receive<Terminated>(dead => OnArrived(dead.ActorRef));
        Receive<StartResult>(result =>
        {
            if (result is StartResult.Failed failed) Give(failed, $"services.{failed.Service.Name}: {failed.Result}");
            else _asker.Tell(result);
        });
        Receive<HungUp>(OnHungUp);
    }

    private enum Phase
    {
        Preparing,
        Ready,
        Orphaned,
        TakenOver,
        OldEnded,
        Failed,
    }

    public static Props Props(GatewaySettings settings, TakeOverParts parts) =>
        Akka.Actor.Props.Create(() => new TakeOverActor(settings, parts));

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void Begin()
    {
        _asker = Sender;
        _line = Context.ActorOf(ControlConnection.Props(Self), "line");
        _line.Tell(new Dial(_parts.Old, _parts.Sockets));
    }

    private void OnSaid(IReadOnlyList<string> words)
    {
        switch (words)
        {
            case [UpgradeWords.Listener, var text, var service] when IPEndPoint.TryParse(text, out var at):
                _listeners.Add((at, service));
                break;
            case [UpgradeWords.Control, var address, var process] when int.TryParse(process, out _oldProcess):
                _inheritsControl = address == _parts.Address?.ToString();
                break;
            case [UpgradeWords.End]:
                _inherited = Inheritance.Of(_listeners, _settings.Services);
                _parts.Gateway.Tell(new Start(_inherited));
                break;
            case [UpgradeWords.Committed]:
                Commit();
                break;
            case [ControlLine.Done]:
                break;
            case [ControlLine.Failed, var why]:
                Fail(why);
                break;
            default:
                Fail($"the old process said what is not understood: {string.Join(' ', words)}");
                break;
        }
    }

    private void OnPrepared(Prepared prepared)
    {
        _services = prepared.Services;
        _parts.Control.Tell(new OpenControl(_inheritsControl ? null : _parts.Address, _parts.Upgrade));
    }

    private void OnControlOpened(ControlOpened opened)
    {
        if (!opened.Result.IsSuccess && _settings.Control.IsChosen)
        {
            Give(new StartResult.NoControl(opened.Result), $"gateway.control.name: {opened.Result}");
            return;
        }

        _parts.Processes.Tell(new OpenService(Service, Self));
    }

    private void TellReady(ServiceOpened opened)
    {
        _phase = Phase.Ready;
        foreach (var service in _settings.Services)
            _line.Tell(Say.Line(UpgradeWords.Serves, service.Name, service.Handler));
        foreach (var listener in _inherited.Keys) _line.Tell(Say.Line(UpgradeWords.Wants, $"{listener}"));
        if (_inheritsControl) _line.Tell(Say.Line(UpgradeWords.WantsControl));
        _line.Tell(Say.Line(UpgradeWords.Ready, opened.Path, Service));
    }

    private void OnOffered(Offered offered)
    {
        var props = offered.Facts.Local is IPEndPoint at
            ? PropsOf(offered.Facts.Kind, at)
            : PropsTo(acceptor: _parts.Control, owner: _parts.Control);
        if (props is null || offered.Process?.ProcessId != _oldProcess)
        {
            var why = $"nothing here takes {offered.Facts.Local} from process {offered.Process?.ProcessId}";
            offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, why));
            return;
        }

        _pending++;
        var arrival = Context.Watch(Context.ActorOf(props));
        _asked.Add(offered.Offer.Id, arrival);
        arrival.Tell(offered);
    }

    private Props? PropsOf(SocketKind kind, IPEndPoint at)
    {
        if (kind is SocketKind.Connection)
        {
            var services = _services;
            return ArrivalActor.Props(
                acceptor: null,
                socket => services.GetValueOrDefault((socket.Attachment as ConnectionState)?.Service ?? ""));
        }

        return _inherited.TryGetValue(at, out var service)
            ? PropsTo(_services[service], _parts.Gateway, _settings.Services.First(s => s.Name == service))
            : null;
    }

    private static Props PropsTo(IActorRef acceptor, IActorRef owner, ServiceSettings? service = null) =>
        ArrivalActor.Props(acceptor, _ => owner, service);

    private void OnCame(Came came)
    {
        _pending--;
        if (came.IsHere) Commit();
        if (_pending == 0 && _phase is Phase.Orphaned) Fail("the old process ended before it had given anything");
    }

    // By now what came is its owner's: an arrival that is stopped before would take it along.
    private void OnArrived(IActorRef arrival)
    {
        foreach (var socket in _asked.Where(each => each.Value.Equals(arrival)).Select(each => each.Key).ToList())
            _asked.Remove(socket);
        StopIfOver();
    }

    private void StopIfOver()
    {
        if (_asked.Count == 0 && _phase is Phase.OldEnded) Context.Stop(Self);
    }

    private void Commit()
    {
        if (_phase is not (Phase.Ready or Phase.Orphaned)) return;
        _phase = _phase is Phase.Ready ? Phase.TakenOver : Phase.OldEnded;
        _parts.Gateway.Tell(TakenOver.Instance);
    }

    // What was asked for may have come to us all the same: who has the token is not told by the old process.
    private void OnHungUp(HungUp hungUp)
    {
        if (_phase is Phase.TakenOver)
        {
            _log.Info("the process that was replaced has ended");
            _phase = Phase.OldEnded;
            StopIfOver();
        }
        else if (_phase is Phase.Ready && _pending > 0)
        {
            _phase = Phase.Orphaned;
        }
        else
        {
            Fail($"the old process hung up: {hungUp.Why}");
        }
    }

    private void Fail(string why) => Give(new StartResult.NotTakenOver(why), why);

    private void Give(StartResult result, string why)
    {
        if (_phase >= Phase.TakenOver) return;
        _phase = Phase.Failed;
        _line.Tell(Say.Last(ControlLine.Failed, why));
        _asker.Tell(result);
    }
}
