namespace Akka.Event;

public class StandardOutLogger : MinimalLogger
{
    // One line at a time, whoever writes it: colour and text belong together.
    private static readonly Lock Console = new();

    public static ConsoleColor DebugColor { get; set; } = ConsoleColor.Gray;

    public static ConsoleColor InfoColor { get; set; } = ConsoleColor.White;

    public static ConsoleColor WarningColor { get; set; } = ConsoleColor.Yellow;

    public static ConsoleColor ErrorColor { get; set; } = ConsoleColor.Red;

    public static bool UseColors { get; set; } = true;

    protected override void Log(object message)
    {
        if (message is LogEvent logEvent)
            Write(Text(logEvent), UseColors ? ColorOf(logEvent.LogLevel()) : null);
        else
            Write(message.ToString(), null);
    }

    // A wrong format string is told, and never harms whoever logged.
    private static string Text(LogEvent logEvent)
    {
        try
        {
            return logEvent.ToString();
        }
        catch (FormatException e)
        {
            var said = logEvent.Message is LogMessage m
                ? $"str=[{m.Format}], args=[{m.Unformatted()}]"
                : logEvent.Message?.ToString();
            return $"[ERROR][{logEvent.Timestamp}][Thread {logEvent.Thread.ManagedThreadId:0000}]" +
                $"[{nameof(StandardOutLogger)}] The format of a log message from {logEvent.LogSource} is wrong: " +
                $"{e.Message} {said}";
        }
    }

    private static ConsoleColor ColorOf(LogLevel level) => level switch
    {
        LogLevel.DebugLevel => DebugColor,
        LogLevel.InfoLevel => InfoColor,
        LogLevel.WarningLevel => WarningColor,
        _ => ErrorColor,
    };

    private static void Write(string line, ConsoleColor? color)
    {
        lock (Console)
        {
            var before = color == null ? default : System.Console.ForegroundColor;
            if (color != null)
                System.Console.ForegroundColor = color.Value;
            System.Console.WriteLine(line);
            if (color != null)
                System.Console.ForegroundColor = before;
        }
    }
}
