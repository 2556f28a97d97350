using System.Collections.Concurrent;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor.Internal;

internal sealed class LocalActorRefProvider : IActorRefProvider
{
    internal const string TempName = "temp";
    internal const string DeadLettersName = "deadLetters";

    private readonly ActorSystemImpl _system;
    private readonly ActorPath _tempPath;
    private readonly ConcurrentDictionary<string, IInternalActorRef> _temporary = new();
    private long _lastTempName;

    internal LocalActorRefProvider(ActorSystemImpl system)
    {
        _system = system;
        RootPath = new RootActorPath(new Address("akka", system.Name));
        _tempPath = RootPath / TempName;
        DeadLetters = new DeadLetterActorRef(system, RootPath / DeadLettersName);
        TempContainer = new TempContainer(this, _tempPath);
    }

    public ActorPath RootPath { get; }

    public Address DefaultAddress => RootPath.Address;

    public Settings Settings => _system.Settings;

    public IActorRef DeadLetters { get; }

    internal TempContainer TempContainer { get; }

    internal LocalActorRef RootGuardian { get; private set; }

    internal LocalActorRef Guardian { get; private set; }

    internal LocalActorRef SystemGuardian { get; private set; }

    public IActorRef ResolveActorRef(string path) =>
        ActorPath.TryParse(path, out var actorPath) ? ResolveActorRef(actorPath) : DeadLetters;

    public IActorRef ResolveActorRef(ActorPath actorPath)
    {
        if (actorPath.Address != RootPath.Address || actorPath.Depth == 0)
            return DeadLetters;
        IInternalActorRef found = RootGuardian;
        foreach (var name in actorPath.Elements)
            found = found.GetSingleChild(name);
        return found is Nobody ? new EmptyLocalActorRef(_system, actorPath) : found;
    }

    internal IActorRef RootGuardianAt(Address address) => address == RootPath.Address ? RootGuardian : DeadLetters;

    internal ActorPath NextTempPath() =>
        _tempPath / $"${Interlocked.Increment(ref _lastTempName):x}";

    internal void RegisterTemporary(IInternalActorRef actor) => _temporary[actor.Path.Name] = actor;

    internal void UnregisterTemporary(ActorPath path) => _temporary.TryRemove(path.Name, out _);

    internal IInternalActorRef FindTemporary(string name) =>
        _temporary.TryGetValue(name, out var actor) ? actor : ActorRefs.Nobody;

    internal LocalActorRef CreateActor(Props props, IInternalActorRef supervisor, ActorPath path)
    {
        if (!_system.Dispatchers.HasDispatcher(props.Dispatcher))
            throw new ConfigurationException($"Dispatcher [{props.Dispatcher}] not configured for path {path}");
        try
        {
            var dispatcher = _system.Dispatchers.Lookup(props.Dispatcher);
            return new LocalActorRef(
                _system, props, dispatcher, _system.MailboxTypeOf(props, dispatcher), supervisor, path);
        }
        catch (Exception cause)
        {
            throw new ConfigurationException(
                $"Configuration problem while creating [{path}] with dispatcher [{props.Dispatcher}] and "
                + $"mailbox [{props.Mailbox}]",
                cause);
        }
    }

    internal void Init()
    {
        var bubbleWalker = new RootGuardianSupervisor(_system, RootPath / "_Root-guardian-supervisor");
        var strategy = new OneForOneStrategy(cause =>
        {
            _system.Log.Error(cause, "Guardian failed. Shutting down system");
            return Directive.Stop;
        });
        RootGuardian = new RootGuardianActorRef(_system, Props.Create<GuardianActor>(strategy), bubbleWalker, this);
        var userStrategy = SupervisorStrategyConfigurator.ByName(Settings.SupervisorStrategyClass).Create();
        Guardian = CreateGuardian(Props.Create<GuardianActor>(userStrategy), "user");
        SystemGuardian = CreateGuardian(
            Props.Create(() => new SystemGuardianActor(Guardian), SupervisorStrategy.DefaultStrategy), "system");

        // So that when the user's actors are gone the system's go, and then the root.
        Link(SystemGuardian, watches: Guardian);
        Link(RootGuardian, watches: SystemGuardian);
        RootGuardian.Cell.Start();
        RootGuardian.Cell.Adopt(Guardian);
        RootGuardian.Cell.Adopt(SystemGuardian);
    }

    private static void Link(LocalActorRef watcher, LocalActorRef watches)
    {
        watcher.Cell.WatchFromOutside(watches);
        watches.SendSystem(new Watch(watches, watcher));
    }

    private LocalActorRef CreateGuardian(Props props, string name) => new(
        _system, props, _system.Dispatchers.InternalDispatcher, new UnboundedMailbox(), RootGuardian, RootPath / name);
}
