using Akka.Actor;
using Akka.Event;
using Handoff.Gateway.Configuration;
using Handoff.Messages;

namespace Handoff.Gateway.Connections;

// A connection that a program is given, until the program has ended. The socket is never this process's to read: what
// is said of it here is said of the program.
internal sealed class ExecConnection : ReceiveActor, IWithTimers
{
    private readonly ServiceSettings _settings;
    private readonly HandoffExtension _handoff = HandoffExtension.For(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef _target = ActorRefs.Nobody;

    public ExecConnection(ServiceSettings settings)
    {
        _settings = settings;
        Receive<Offered>(Open);
        Receive<CloseAll>(_ => Context.Stop(Self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    public static Props Props(ServiceSettings settings) =>
        Akka.Actor.Props.Create(() => new ExecConnection(settings));

    private void Open(Offered offered)
    {
        var exec = _settings.Exec!;
        var open = new OpenProgram(exec.Program, exec.Arguments)
        {
            Environment = exec.Environment,
            Inherited = exec.Inherited,
            Directory = exec.Directory,
            RunLimit = exec.RunLimit,
            MaxChildren = 1,
            Observer = Self,
        };
        _handoff.Processes.Tell(open);
        Become(() =>
        {
            Receive<ProgramOpened>(opened =>
            {
                _target = Context.Watch(opened.Program);
                _target.Tell(offered);
                BecomeGiving();
            });
            Receive<Refused>(refused => OnFailed(new ProgramFailed(offered.Facts, refused.Result)));
            Receive<CloseAll>(_ => Context.Stop(Self));
        });
    }

    // Told by the program's target, which ends its child when it stops, and then says how the child ended.
    private void BecomeGiving() => Become(() =>
    {
        Receive<ProgramStarted>(OnStarted);
        Receive<ProgramFailed>(OnFailed);
        Receive<ProgramEnded>(OnEnded);
        Receive<CloseAll>(_ => _target.Tell(PoisonPill.Instance));
        Receive<Terminated>(_ =>
            Timers.StartSingleTimer(nameof(Overdue), Overdue.Instance, 2 * _handoff.Settings.Children.StopTimeout));
        Receive<Overdue>(_ =>
        {
            _log.Error("{0}: what became of it is not known", _settings.Exec!.Program);
            Context.Stop(Self);
        });
    });

    private void OnStarted(ProgramStarted started)
    {
        Context.Parent.Tell(Began.Instance);
        _log.Debug("socket={0} peer={1} program={2} pid={3} started",
            started.Socket.Id, started.Socket.Remote, _settings.Exec!.Program, started.ProcessId);
    }

    private void OnFailed(ProgramFailed failed)
    {
        _log.Error("socket={0} peer={1} closed: {2}", failed.Socket.Id, failed.Socket.Remote, failed.Result);
        Context.Stop(Self);
    }

    private void OnEnded(ProgramEnded ended)
    {
        var socket = $"socket={ended.Socket.Id} peer={ended.Socket.Remote}";
        ProgramLog.Write(_log, ended, _settings.Exec!.Program, socket, " with its service");
        Context.Stop(Self);
    }

    private sealed record Overdue
    {
        public static Overdue Instance { get; } = new();
    }
}
