namespace Akka.Event;

public sealed class BusLogging : LoggingAdapterBase
{
    // The bus may get another level later; an adapter keeps the one that it was made under.
    private readonly LogLevel _level;

    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter)
        : base(logMessageFormatter)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
        _level = bus.LogLevel;
    }

    public LoggingBus Bus { get; }

    public string LogSource { get; }

    public Type LogClass { get; }

    public override bool IsDebugEnabled => _level <= LogLevel.DebugLevel;

    public override bool IsInfoEnabled => _level <= LogLevel.InfoLevel;

    public override bool IsWarningEnabled => _level <= LogLevel.WarningLevel;

    public override bool IsErrorEnabled => _level <= LogLevel.ErrorLevel;

    protected override void NotifyLog(LogLevel logLevel, object message, Exception cause = null) =>
        Bus.Publish(Event(logLevel, message, cause));

    private LogEvent Event(LogLevel level, object message, Exception cause) => level switch
    {
        LogLevel.DebugLevel => new Debug(cause, LogSource, LogClass, message),
        LogLevel.InfoLevel => new Info(cause, LogSource, LogClass, message),
        LogLevel.WarningLevel => new Warning(cause, LogSource, LogClass, message),
        LogLevel.ErrorLevel => new Error(cause, LogSource, LogClass, message),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, null),
    };
}
