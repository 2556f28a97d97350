using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Messages;
using Handoff.Transport;

namespace Handoff.Gateway.Connections;

// A service whose program is lent the listener (inetd's wait), in the place of a ServiceActor: what it is offered is
// the program's. It has one child at most, which counts as a connection.
internal sealed class WaitingService : ReceiveActor
{
    private readonly ServiceSettings _settings;
    private readonly HandoffExtension _handoff = HandoffExtension.For(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _target = ActorRefs.Nobody;

    // Came before there was a target.
    private Offered? _early;
    private SocketResult? _refusal;
    private IActorRef? _drained;
    private bool _hasChild;

    public WaitingService(ServiceSettings settings)
    {
        _settings = settings;
        Receive<Offered>(OnOffered);
        Receive<ProgramOpened>(OnOpened);
        Receive<Refused>(refused => refused.Command is OpenProgram, refused => OnUnable(refused.Result));
        Receive<ProgramStarted>(OnStarted);
        Receive<ProgramFailed>(OnFailed);
        Receive<ProgramEnded>(OnEnded);
        Receive<Terminated>(_ => OnTargetLost());
        Receive<Drain>(_ => OnDrain(Sender));
        Receive<CloseAll>(_ => OnCloseAll());
        Receive<LeaveSome>(_ => Sender.Tell(new ServiceLeaving(_settings.Name, OnOffer: 0, _hasChild ? 1 : 0)));

        // Of an offer that was declined too late, or taken back: the owner of the listener knows.
        Receive<Refused>(_ => { });
        Receive<Withdrawn>(withdrawn => _target.Forward(withdrawn));
    }

    public static Props Props(ServiceSettings settings) =>
        Akka.Actor.Props.Create(() => new WaitingService(settings));

    protected override void PreStart() => Open();

    private void Open()
    {
        var exec = _settings.Exec!;
        _handoff.Processes.Tell(new OpenProgram(exec.Program, exec.Arguments)
        {
            Environment = exec.Environment,
            Inherited = exec.Inherited,
            Directory = exec.Directory,
            RunLimit = exec.RunLimit,
            Observer = Self,
        });
    }

    private void OnOffered(Offered offered)
    {
        if (_drained is not null) Decline(offered, "the gateway is stopping");
        else if (_refusal is { } refusal) Decline(offered, $"{refusal}");
        else if (_target.IsNobody()) _early = offered;
        else _target.Forward(offered);
    }

    private void OnOpened(ProgramOpened opened)
    {
        _target = Context.Watch(opened.Program);
        if (_early is { } early) OnOffered(early);
        _early = null;
    }

    private void OnUnable(SocketResult why)
    {
        _refusal = why;
        _log.Error("no program is started: {0}", why);
        if (_early is { } early) OnOffered(early);
        _early = null;
    }

    private void OnTargetLost()
    {
        _target = ActorRefs.Nobody;
        if (_refusal is null) Open();
    }

    private void OnStarted(ProgramStarted started)
    {
        _hasChild = true;
        _log.Info("socket={0} program={1} pid={2} has the listener",
            started.Socket.Id, _settings.Exec!.Program, started.ProcessId);
    }

    // Wanted back: by its owner, or because nothing came for long.
    private void OnFailed(ProgramFailed failed)
    {
        if (failed.Result.Code is ResultCode.EEABORTED) return;
        _log.Error("socket={0} waits: {1}", failed.Socket.Id, failed.Result);
    }

    private void OnEnded(ProgramEnded ended)
    {
        _hasChild = false;
        var socket = $"socket={ended.Socket.Id}";
        ProgramLog.Write(_log, ended, _settings.Exec!.Program, socket, ": the listener had to come back");
        _drained?.Tell(new ServiceDrained(_settings.Name));
    }

    private void OnDrain(IActorRef asker)
    {
        _drained = asker;
        if (!_hasChild) asker.Tell(new ServiceDrained(_settings.Name));
    }

    // The target ends its child when it stops, and says how that ended.
    private void OnCloseAll()
    {
        if (_hasChild) _log.Warning("{0} did not finish in time", _settings.Exec!.Program);
        _refusal = new SocketResult(ResultCode.EEABORTED, "its programs were ended");
        _target.Tell(PoisonPill.Instance);
    }

    private void Decline(Offered offered, string reason) =>
        offered.Offer.Socket.Tell(new Decline(offered.Offer, Self, reason));
}
