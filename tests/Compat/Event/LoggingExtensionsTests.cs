using System.Reflection;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

// Every method of the family, by name and parameters, so that none is forgotten.
public sealed class LoggingExtensionsTests
{
    private static readonly Dictionary<string, LogLevel> Levels = new()
    {
        ["Debug"] = LogLevel.DebugLevel,
        ["Info"] = LogLevel.InfoLevel,
        ["Warning"] = LogLevel.WarningLevel,
        ["Error"] = LogLevel.ErrorLevel,
        ["Log"] = LogLevel.WarningLevel,
    };

    public static IEnumerable<object[]> All() =>
        typeof(LoggingExtensions).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Select(m => new object[] { m.ToString()! });

    [Fact]
    public void There_are_all_of_them() => Assert.Equal(9 + 4 * 16, All().Count());

    [Theory]
    [MemberData(nameof(All))]
    public void Each_writes_once_at_its_level_with_cause_and_arguments(string signature)
    {
        var log = new Remembering { Enabled = true };
        var cause = new InvalidOperationException("why");

        var (name, arguments) = Call(signature, log, cause);

        var (level, loggedCause, message) = Assert.Single(log.Written);
        Assert.Equal(Levels[name], level);
        Assert.Same(signature.Contains("System.Exception", StringComparison.Ordinal) ? cause : null, loggedCause);
        if (arguments.Count == 0)
        {
            Assert.Equal("{0}{1}{2}{3}{4}{5}", message);
            return;
        }

        var said = Assert.IsAssignableFrom<LogMessage>(message);
        Assert.Equal("{0}{1}{2}{3}{4}{5}", said.Format);
        Assert.Equal(arguments, said.Parameters());
        Assert.NotNull(said.Unformatted());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void None_writes_below_the_level_but_Log_which_does_not_ask(string signature)
    {
        var log = new Remembering { Enabled = false };

        var (name, _) = Call(signature, log, new InvalidOperationException("why"));

        Assert.Equal(name == "Log" ? 1 : 0, log.Written.Count);
    }

    private static (string Name, List<object> Arguments) Call(string signature, ILoggingAdapter log, Exception cause)
    {
        var method = typeof(LoggingExtensions).GetMethods().Single(m => m.ToString() == signature);
        if (method.IsGenericMethod)
            method = method.MakeGenericMethod(method.GetGenericArguments().Select(_ => typeof(int)).ToArray());
        var arguments = new List<object>();
        var values = method.GetParameters().Select(p => p.ParameterType switch
        {
            var t when t == typeof(ILoggingAdapter) => log,
            var t when t == typeof(LogLevel) => LogLevel.WarningLevel,
            var t when t == typeof(Exception) => cause,
            var t when t == typeof(string) => "{0}{1}{2}{3}{4}{5}",
            var t when t == typeof(object[]) => Several(arguments),
            _ => (object)Next(arguments),
        }).ToArray();
        method.Invoke(null, values);
        return (method.Name, arguments);
    }

    private static object[] Several(List<object> arguments)
    {
        arguments.AddRange([1, 2, 3, 4, 5, 6]);
        return arguments.ToArray();
    }

    private static int Next(List<object> arguments)
    {
        arguments.Add(arguments.Count + 1);
        return arguments.Count;
    }

    private sealed class Remembering() : LoggingAdapterBase(DefaultLogMessageFormatter.Instance)
    {
        public bool Enabled { get; init; }

        public List<(LogLevel Level, Exception Cause, object Message)> Written { get; } = [];

        public override bool IsDebugEnabled => Enabled;

        public override bool IsInfoEnabled => Enabled;

        public override bool IsWarningEnabled => Enabled;

        public override bool IsErrorEnabled => Enabled;

        protected override void NotifyLog(LogLevel logLevel, object message, Exception cause) =>
            Written.Add((logLevel, cause, message));
    }
}
