using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

public class Settings
{
    private const int Unlimited = int.MaxValue;

    private readonly Config _userConfig;
    private Config _fallback;

    public Settings(ActorSystem system, Config config)
        : this(system, config, Akka.Actor.Setup.ActorSystemSetup.Empty)
    {
    }

    public Settings(ActorSystem system, Config config, Akka.Actor.Setup.ActorSystemSetup setup)
    {
        System = system;
        Setup = setup;
        _userConfig = config;
        _fallback = ConfigurationFactory.Default();
        Config = _userConfig.WithFallback(_fallback);

        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout");
        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        StdoutLogger = Create<MinimalLogger>("akka.stdout-logger-class") ?? new StandardOutLogger();
        LogFormatter = CreateFormatter();
        Loggers = Config.GetStringList("akka.loggers", []);
        LoggersDispatcher = Config.GetString("akka.loggers-dispatcher");
        LoggerStartTimeout = Config.GetTimeSpan("akka.logger-startup-timeout");
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        LogSerializerOverrideOnStart = Config.GetBoolean("akka.log-serializer-override-on-start");
        LogDeadLetters = ReadDeadLetterLimit();
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.GetTimeSpan("akka.log-dead-letters-suspend-duration");
        AddLoggingReceive = Config.GetBoolean("akka.actor.debug.receive");
        DebugAutoReceive = Config.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        SchedulerClass = Config.GetString("akka.scheduler.implementation");
        ReadShutdown();
    }

    public ActorSystem System { get; }

    public Akka.Actor.Setup.ActorSystemSetup Setup { get; }

    public Config Config { get; private set; }

    public TimeSpan AskTimeout { get; }

    public string LogLevel { get; }

    public string StdoutLogLevel { get; }

    public IList<string> Loggers { get; }

    public string LoggersDispatcher { get; }

    public TimeSpan LoggerStartTimeout { get; }

    public bool LogConfigOnStart { get; }

    public bool LogSerializerOverrideOnStart { get; }

    public int LogDeadLetters { get; }

    public bool LogDeadLettersDuringShutdown { get; }

    public TimeSpan LogDeadLettersSuspendDuration { get; }

    public bool AddLoggingReceive { get; }

    public bool DebugAutoReceive { get; }

    public bool DebugLifecycle { get; }

    public bool DebugEventStream { get; }

    public bool DebugUnhandledMessage { get; }

    public string SchedulerClass { get; }

    public string SupervisorStrategyClass { get; }

    public ILogMessageFormatter LogFormatter { get; }

    public MinimalLogger StdoutLogger { get; }

    public bool CoordinatedShutdownTerminateActorSystem { get; private set; }

    public bool CoordinatedShutdownRunByActorSystemTerminate { get; private set; }

    public void InjectTopLevelFallback(Config config)
    {
        _fallback = config.WithFallback(_fallback);
        Config = _userConfig.WithFallback(_fallback);
        (System as Internal.ActorSystemImpl)?.LoadSerialization();
    }

    public override string ToString() => Config.ToString(includeFallback: true);

    private void ReadShutdown()
    {
        CoordinatedShutdownTerminateActorSystem =
            Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate =
            Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
        {
            throw new ConfigurationException(
                "akka.coordinated-shutdown.run-by-actor-system-terminate=on and "
                + "akka.coordinated-shutdown.terminate-actor-system=off is not a supported configuration "
                + "combination.");
        }
    }

    private int ReadDeadLetterLimit() => Config.GetString("akka.log-dead-letters") switch
    {
        "on" or "true" or "yes" => Unlimited,
        "off" or "false" or "no" => 0,
        _ => Config.GetInt("akka.log-dead-letters"),
    };

    // The default one is not made anew, so that there is one instance of it.
    private ILogMessageFormatter CreateFormatter()
    {
        const string key = "akka.logger-formatter";
        var name = Config.GetString(key);
        return string.IsNullOrWhiteSpace(name) || Type.GetType(name) == typeof(DefaultLogMessageFormatter)
            ? DefaultLogMessageFormatter.Instance
            : Create<ILogMessageFormatter>(key);
    }

    private T Create<T>(string key)
        where T : class
    {
        var name = Config.GetString(key);
        if (string.IsNullOrWhiteSpace(name))
            return null;
        var type = Type.GetType(name) ?? throw new ArgumentException($"{key}: there is no type {name}");
        return typeof(T).IsAssignableFrom(type)
            ? (T)Activator.CreateInstance(type)
            : throw new ArgumentException($"{key}: {name} is not a {typeof(T).Name}");
    }
}
