using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Event;

namespace Akka.Actor.Internal;

internal sealed partial class ActorSystemImpl : ExtendedActorSystem
{
    private readonly ConcurrentDictionary<Type, Lazy<object>> _extensions = new();
    private readonly TerminationCallbacks _terminationCallbacks = new();
    private readonly Mailboxes _mailboxes;
    private IActorRef _deadLetterListener;
    private Serialization.Serialization _serialization;

    internal ActorSystemImpl(string name, Config config, Akka.Actor.Setup.ActorSystemSetup setup)
    {
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException(
                $"Invalid ActorSystem name [{name}], must contain only word characters "
                + "(i.e. [a-zA-Z0-9] plus non-leading '-')",
                nameof(name));
        }

        ArgumentNullException.ThrowIfNull(config);
        Name = name;
        Settings = new Settings(this, config, setup);
        EventStream = new EventStream(Settings.DebugEventStream);
        EventStream.StartStdoutLogger(Settings);
        Log = new BusLogging(EventStream, $"ActorSystem({name})", GetType(), Settings.LogFormatter);
        Scheduler = (IScheduler)Activator.CreateInstance(
            Type.GetType(Settings.SchedulerClass, throwOnError: true), Settings.Config, Log);
        try
        {
            LocalProvider = new LocalActorRefProvider(this);
            DeadLetterQueue = new DeadLetterQueue(LocalProvider.DeadLetters);
            LoadSerialization();
            _mailboxes = new Mailboxes(this);
            Dispatchers = new Dispatchers(new DispatcherPrerequisites(EventStream, Scheduler, Settings));
        }
        catch
        {
            StopScheduler();
            throw;
        }
    }

    public override string Name { get; }

    public override Settings Settings { get; }

    public override EventStream EventStream { get; }

    public override ILoggingAdapter Log { get; }

    public override IScheduler Scheduler { get; }

    public override Dispatchers Dispatchers { get; }

    public override Serialization.Serialization Serialization => _serialization;

    public override IActorRefProvider Provider => LocalProvider;

    public override IActorRef DeadLetters => LocalProvider.DeadLetters;

    public override Task WhenTerminated => _terminationCallbacks.WhenDone;

    internal LocalActorRefProvider LocalProvider { get; }

    internal DeadLetterQueue DeadLetterQueue { get; }

    internal override LocalActorRef Guardian => LocalProvider.Guardian;

    internal override LocalActorRef SystemGuardian => LocalProvider.SystemGuardian;

    internal override LocalActorRef LookupRoot => LocalProvider.RootGuardian;

    internal static ActorSystemImpl Launch(string name, Akka.Actor.Setup.ActorSystemSetup setup)
    {
        var config = setup.Get<BootstrapSetup>().FlatSelect(bootstrap => bootstrap.Config);
        var system = new ActorSystemImpl(name, config.GetOrElse(ConfigurationFactory.Empty), setup);
        system.Start();
        return system;
    }

    public override IActorRef ActorOf(Props props, string name = null) => Guardian.Cell.MakeChild(props, name);

    public override IActorRef SystemActorOf(Props props, string name = null) =>
        SystemGuardian.Cell.MakeChild(props, name);

    public override IActorRef SystemActorOf<TActor>(string name = null) => SystemActorOf(Props.Create<TActor>(), name);

    public override ActorSelection ActorSelection(ActorPath actorPath) => SelectionParser.Parse(actorPath, this);

    public override ActorSelection ActorSelection(string actorPath) =>
        SelectionParser.Parse(actorPath, this, LookupRoot);

    public override void Stop(IActorRef actor)
    {
        var parent = actor.Path.Parent;
        if (parent == Guardian.Path)
            Guardian.Tell(new Dispatch.SysMsg.StopChild(actor));
        else if (parent == SystemGuardian.Path)
            SystemGuardian.Tell(new Dispatch.SysMsg.StopChild(actor));
        else
            ((IInternalActorRef)actor).Stop();
    }

    public override void RegisterOnTermination(Action code) => _terminationCallbacks.Add(code);

    public override Task Terminate()
    {
        if (!Settings.CoordinatedShutdownRunByActorSystemTerminate)
            return FinalTerminate();
        // One that ended by itself has no shutdown to coordinate, unless somebody prepared one.
        return WhenTerminated.IsCompleted && !HasExtension<CoordinatedShutdown>()
            ? WhenTerminated
            : CoordinatedShutdown.Get(this).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
    }

    public override string ToString() => LookupRoot.Path.Root.Address.ToString();

    internal MailboxType MailboxTypeOf(Props props, MessageDispatcher dispatcher) => _mailboxes.For(props, dispatcher);

    internal int StashCapacity(Props props) => _mailboxes.StashCapacity(props);

    internal override Task FinalTerminate()
    {
        Log.Debug("System shutdown initiated");
        if (!Settings.LogDeadLettersDuringShutdown && _deadLetterListener != null)
            Stop(_deadLetterListener);
        Guardian.StopCell();
        return WhenTerminated;
    }

    // Also when a fallback came that may name more serializers.
    internal void LoadSerialization() => _serialization = new Serialization.Serialization(this);

    // The last of the actors has stopped.
    internal void Ended() => _terminationCallbacks.Run(Log);

    private void Start()
    {
        RegisterOnTermination(StopScheduler);
        LocalProvider.Init();
        try
        {
            EventStream.StartDefaultLoggers(this);
            LoadExtensions();
            if (Settings.LogDeadLetters > 0)
                _deadLetterListener = SystemActorOf<DeadLetterListener>("deadLetterListener");
            EventStream.StartUnsubscriber(this);
            if (Settings.LogConfigOnStart)
                Log.Info(Settings.ToString());
        }
        catch
        {
            // The cause goes to the caller; the guardian ends what was begun.
            FinalTerminate();
            throw;
        }
    }

    private void StopScheduler() => (Scheduler as IDisposable)?.Dispose();

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]*$")]
    private static partial Regex ValidName();
}
