using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

public class EventFilterFactory
{
    private readonly TestKitBase _testkit;
    private readonly ActorSystem _system;
    private readonly IReadOnlyList<LogFilter> _others;

    public EventFilterFactory(TestKitBase testkit)
        : this(testkit, testkit.Sys)
    {
    }

    public EventFilterFactory(TestKitBase testkit, ActorSystem system)
        : this(testkit, system, [])
    {
    }

    internal EventFilterFactory(TestKitBase testkit, ActorSystem system, IReadOnlyList<LogFilter> others)
    {
        _testkit = testkit;
        _system = system;
        _others = others;
    }

    public IEventFilterApplier Error(
        string message = null, string start = null, string contains = null, string source = null) =>
        Cause(null, TextMatch.Of(message, start, contains), source, false);

    public IEventFilterApplier Error(Regex pattern, string source = null) =>
        Cause(null, TextMatch.Of(pattern), source, false);

    public IEventFilterApplier Exception<TException>(
        string message = null, string start = null, string contains = null, string source = null)
        where TException : Exception => Exception(typeof(TException), message, start, contains, source);

    public IEventFilterApplier Exception<TException>(Regex pattern, string source = null)
        where TException : Exception => Exception(typeof(TException), pattern, source);

    public IEventFilterApplier Exception(
        Type exceptionType,
        string message = null,
        string start = null,
        string contains = null,
        string source = null,
        bool checkInnerExceptions = false) =>
        Cause(exceptionType, TextMatch.Of(message, start, contains), source, checkInnerExceptions);

    public IEventFilterApplier Exception(
        Type exceptionType, Regex pattern, string source = null, bool checkInnerExceptions = false) =>
        Cause(exceptionType, TextMatch.Of(pattern), source, checkInnerExceptions);

    public IEventFilterApplier Warning(
        string message = null, string start = null, string contains = null, string source = null) =>
        Level<Warning>(TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier Warning(Regex pattern, string source = null) =>
        Level<Warning>(TextMatch.Of(pattern), source);

    public IEventFilterApplier Info(
        string message = null, string start = null, string contains = null, string source = null) =>
        Level<Info>(TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier Info(Regex pattern, string source = null) =>
        Level<Info>(TextMatch.Of(pattern), source);

    public IEventFilterApplier Debug(
        string message = null, string start = null, string contains = null, string source = null) =>
        Level<Debug>(TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier Debug(Regex pattern, string source = null) =>
        Level<Debug>(TextMatch.Of(pattern), source);

    public IEventFilterApplier ForLogLevel(
        LogLevel logLevel,
        string message = null,
        string start = null,
        string contains = null,
        string source = null) =>
        ForLogLevel(logLevel, TextMatch.Of(message, start, contains), source);

    public IEventFilterApplier ForLogLevel(LogLevel logLevel, Regex pattern, string source = null) =>
        ForLogLevel(logLevel, TextMatch.Of(pattern), source);

    public IEventFilterApplier Custom(Predicate<LogEvent> predicate) =>
        Applier(new LogFilter("Custom", predicate));

    public IEventFilterApplier Custom<TLogEvent>(Predicate<TLogEvent> predicate)
        where TLogEvent : LogEvent => Custom(e => e is TLogEvent typed && predicate(typed));

    public IEventFilterApplier DeadLetter() => DeadLetter(_ => true, null);

    public IEventFilterApplier DeadLetter<TMessage>(string source = null) =>
        DeadLetter(letter => letter.Message is TMessage, source);

    public IEventFilterApplier DeadLetter<TMessage>(Func<TMessage, bool> isMatch, string source = null) =>
        DeadLetter(letter => letter.Message is TMessage message && isMatch(message), source);

    public IEventFilterApplier DeadLetter(Type type, string source = null) =>
        DeadLetter(letter => type.IsInstanceOfType(letter.Message), source);

    public IEventFilterApplier DeadLetter(Type type, Func<object, bool> isMatch, string source = null) =>
        DeadLetter(letter => type.IsInstanceOfType(letter.Message) && isMatch(letter.Message), source);

    private static string Describe(string kind, TextMatch text, TextMatch source) =>
        kind
        + (text == TextMatch.Any ? "" : $" message {text}")
        + (source == TextMatch.Any ? "" : $" source {source}");

    private IEventFilterApplier ForLogLevel(LogLevel level, TextMatch text, string source) => level switch
    {
        LogLevel.DebugLevel => Level<Debug>(text, source),
        LogLevel.InfoLevel => Level<Info>(text, source),
        LogLevel.WarningLevel => Level<Warning>(text, source),
        LogLevel.ErrorLevel => Cause(null, text, source, false),
        _ => throw new ArgumentOutOfRangeException(nameof(level), level, "There is no such level."),
    };

    private IEventFilterApplier Level<TLogEvent>(TextMatch text, string source)
        where TLogEvent : LogEvent
    {
        var from = TextMatch.OfSource(source);
        return Applier(new LogFilter(
            Describe(typeof(TLogEvent).Name, text, from),
            e => e is TLogEvent && from.IsMatch(e.LogSource) && text.IsMatch(e.Message?.ToString() ?? "null")));
    }

    private IEventFilterApplier DeadLetter(Predicate<DeadLetter> isMatch, string source)
    {
        var from = TextMatch.OfSource(source);
        return Applier(new LogFilter(
            Describe("DeadLetter", TextMatch.Any, from),
            e => e is Warning { Message: DeadLetter letter } && isMatch(letter) && from.IsMatch(e.LogSource)));
    }

    private IEventFilterApplier Cause(Type exceptionType, TextMatch text, string source, bool inner)
    {
        if (exceptionType != null && !typeof(Exception).IsAssignableFrom(exceptionType))
            throw new ArgumentException($"{exceptionType} is not an exception.", nameof(exceptionType));
        var from = TextMatch.OfSource(source);
        var wanted = new CauseMatch(exceptionType, text, from, inner);
        return Applier(new LogFilter(
            Describe(exceptionType == null ? "Error" : $"Error caused by {exceptionType}", text, from),
            e => e is Error && wanted.IsMatch(e.LogSource, e.Message, e.Cause)));
    }

    private InternalEventFilterApplier Applier(LogFilter filter) => new(_testkit, _system, [.. _others, filter]);
}
