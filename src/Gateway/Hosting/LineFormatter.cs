using System.Globalization;
using Akka.Event;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Handoff.Gateway.Hosting;

// One line an entry: time, level, where from, what. Akka hands its whole event over as the state, so that the text is
// taken from there and not from the sentence that Akka makes of it.
internal sealed class LineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "line";

    private const string PathStart = "/user/";

    public override void Write<TState>(
        in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        ArgumentNullException.ThrowIfNull(textWriter);
        var (time, source, text) = logEntry.State is LogEvent akka
            ? (akka.Timestamp, Source(akka.LogSource), akka.Message?.ToString())
            : (DateTime.UtcNow, logEntry.Category, logEntry.Formatter(logEntry.State, null));
        textWriter.Write(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write($" {Level(logEntry.LogLevel)} {source}: ");
        textWriter.Write(OneLine(text ?? ""));
        if (logEntry.Exception is { } e) textWriter.Write($" [{OneLine(e.ToString())}]");
        textWriter.Write(Environment.NewLine);
    }

    // "[akka://gateway/user/gateway/echo/$a#1234]" is the actor gateway/echo/$a.
    private static string Source(string source)
    {
        var trimmed = source.Trim('[', ']');
        var start = trimmed.IndexOf(PathStart, StringComparison.Ordinal);
        if (start < 0) return trimmed;
        var path = trimmed[(start + PathStart.Length)..];
        var uid = path.IndexOf('#', StringComparison.Ordinal);
        return uid < 0 ? path : path[..uid];
    }

    private static string OneLine(string text) =>
        text.Contains('\n') ? string.Join(" | ", text.Split('\n', StringSplitOptions.TrimEntries)) : text;

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
