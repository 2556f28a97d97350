using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;

namespace Akka.Event;

public class LoggingBus : ActorEventBus<object, Type>
{
    private static int _lastLoggerId;

    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IActorRef> _loggers = [];

    public LogLevel LogLevel { get; private set; }

    public void SetLogLevel(LogLevel logLevel)
    {
        lock (_loggers)
        {
            LogLevel = logLevel;
            foreach (var logger in _loggers)
            {
                SubscribeFrom(logLevel, logger);
                foreach (var level in Enum.GetValues<LogLevel>().Where(l => l < logLevel))
                    Unsubscribe(logger, level.ClassFor());
            }
        }
    }

    public void StartStdoutLogger(Settings config)
    {
        SubscribeFrom(Logging.LogLevelFor(config.StdoutLogLevel), config.StdoutLogger);
        Publish(new Debug(SimpleName(this), GetType(), "StandardOutLogger started"));
    }

    internal void StartDefaultLoggers(ActorSystemImpl system)
    {
        var settings = system.Settings;
        var name = $"{SimpleName(this)}({system.Name})";
        LogLevel = Logging.LogLevelFor(settings.LogLevel);

        var types = settings.Loggers.Select(LoggerType).ToList();
        var starting = types.Where(t => !typeof(MinimalLogger).IsAssignableFrom(t))
            .Select(t => (Type: t, Started: StartLogger(system, t, name)))
            .ToList();
        if (!Task.WaitAll(starting.Select(s => s.Started).ToArray(), settings.LoggerStartTimeout))
        {
            foreach (var late in starting.Where(s => !s.Started.IsCompleted))
                Publish(new Warning(name, GetType(), $"Logger {late.Type.FullName} did not answer InitializeLogger " +
                    $"within {settings.LoggerStartTimeout}; it will miss what is logged until it does."));
        }

        if (settings.DebugUnhandledMessage)
            Subscribe(
                system.SystemActorOf(Props.Create<UnhandledMessageForwarder>(), "UnhandledMessageForwarder"),
                typeof(UnhandledMessage));

        if (starting.Count == types.Count)
        {
            Publish(new Debug(name, GetType(), $"{SimpleName(settings.StdoutLogger)} being removed"));
            Unsubscribe(settings.StdoutLogger);
        }

        Publish(new Debug(name, GetType(), "Default Loggers started"));
    }

    // What is logged from here on goes to standard output.
    internal void StopDefaultLoggers(ActorSystem system)
    {
        IActorRef[] loggers;
        lock (_loggers)
        {
            loggers = _loggers.ToArray();
            _loggers.Clear();
        }

        var output = system.Settings.StdoutLogger;
        SubscribeFrom(Logging.LogLevelFor(system.Settings.StdoutLogLevel), output);
        Publish(new Debug(SimpleName(this), GetType(), $"Shutting down: {SimpleName(output)} started"));
        _stopping.Cancel();
        foreach (var logger in loggers)
            StopLogger(logger);
        Publish(new Debug(SimpleName(this), GetType(), "All default loggers stopped"));
    }

    protected override bool IsSubClassification(Type parent, Type child) => parent.IsAssignableFrom(child);

    protected override void Publish(object @event, IActorRef subscriber) => subscriber.Tell(@event);

    protected override bool Classify(object @event, Type classifier) => classifier.IsInstanceOfType(@event);

    protected override Type GetClassifier(object @event) => @event.GetType();

    private static Type LoggerType(string name) =>
        Type.GetType(name) ?? throw new ConfigurationException($"akka.loggers: there is no type \"{name}\"");

    private async Task StartLogger(ActorSystemImpl system, Type type, string busName)
    {
        var props = Props.Create(type).WithDispatcher(system.Settings.LoggersDispatcher);
        var logger = system.SystemActorOf(props, $"log{Interlocked.Increment(ref _lastLoggerId)}-{SimpleName(type)}");
        object answer;
        try
        {
            answer = await logger.Ask(new InitializeLogger(this), Timeout.InfiniteTimeSpan, _stopping.Token)
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Publish(new Warning(
                busName, GetType(), $"Logger {type.FullName} had not started when the system stopped."));
            StopLogger(logger);
            return;
        }

        if (answer is not LoggerInitialized)
        {
            Publish(new Error(null, busName, GetType(), $"Logger {type.FullName} answered {answer.GetType()} " +
                $"where {nameof(LoggerInitialized)} was expected. It is stopped."));
            StopLogger(logger);
            return;
        }

        lock (_loggers)
        {
            _loggers.Add(logger);
            SubscribeFrom(LogLevel, logger);
        }

        Publish(new Debug(busName, GetType(), $"Logger {type.FullName} started"));
    }

    private void StopLogger(IActorRef logger)
    {
        Unsubscribe(logger);
        ((IInternalActorRef)logger).Stop();
    }

    private void SubscribeFrom(LogLevel lowest, IActorRef logger)
    {
        foreach (var level in Enum.GetValues<LogLevel>().Where(l => l >= lowest))
            Subscribe(logger, level.ClassFor());
    }

    private sealed class UnhandledMessageForwarder : ActorBase
    {
        protected override bool Receive(object message)
        {
            if (message is not UnhandledMessage unhandled)
                return false;
            var sender = unhandled.Sender is { } known ? known.Path.ToString() : "NoSender";
            Context.System.EventStream.Publish(new Debug(
                unhandled.Recipient.Path.ToString(),
                unhandled.Recipient.GetType(),
                $"Unhandled message from {sender} : {unhandled.Message}"));
            return true;
        }
    }
}
