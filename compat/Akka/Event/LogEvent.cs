using Akka.Actor;

namespace Akka.Event;

public abstract class LogEvent : INoSerializationVerificationNeeded
{
    protected LogEvent()
    {
        Timestamp = DateTime.UtcNow;
        Thread = Thread.CurrentThread;
    }

    public DateTime Timestamp { get; }

    public Thread Thread { get; }

    public string LogSource { get; protected set; }

    public Type LogClass { get; protected set; }

    public object Message { get; protected set; }

    public Exception Cause { get; protected set; }

    public abstract LogLevel LogLevel();

    public override string ToString()
    {
        var cause = Cause == null ? "" : $"{Environment.NewLine}Cause: {Cause}";
        return $"[{LogLevel().StringFor()}][{Timestamp:MM/dd/yyyy HH:mm:ss.fffK}]" +
            $"[Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}{cause}";
    }
}
