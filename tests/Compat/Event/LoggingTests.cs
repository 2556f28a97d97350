using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

public sealed class LoggingTests : SystemTest
{
    private static readonly Type[] LogTypes = [typeof(Debug), typeof(Info), typeof(Warning), typeof(Error)];

    [Theory]
    [InlineData("debug", LogLevel.DebugLevel, typeof(Debug), "DEBUG")]
    [InlineData("INFO", LogLevel.InfoLevel, typeof(Info), "INFO")]
    [InlineData("Warning", LogLevel.WarningLevel, typeof(Warning), "WARNING")]
    [InlineData("error", LogLevel.ErrorLevel, typeof(Error), "ERROR")]
    public void A_level_has_a_name_and_a_type_of_event(string text, LogLevel level, Type type, string name)
    {
        Assert.Equal(level, Logging.LogLevelFor(text));
        Assert.Equal(type, level.ClassFor());
        Assert.Equal(name, level.StringFor());
    }

    [Fact]
    public void A_type_of_event_has_a_level()
    {
        Assert.Equal(LogLevel.DebugLevel, Logging.LogLevelFor<Debug>());
        Assert.Equal(LogLevel.InfoLevel, Logging.LogLevelFor<Info>());
        Assert.Equal(LogLevel.WarningLevel, Logging.LogLevelFor<Warning>());
        Assert.Equal(LogLevel.ErrorLevel, Logging.LogLevelFor<Error>());
        Assert.Throws<ArgumentException>(() => Logging.LogLevelFor<LogEvent>());
    }

    [Fact]
    public void Off_is_above_every_level_and_what_is_no_level_is_refused()
    {
        var off = Logging.LogLevelFor("off");

        Assert.True(off > LogLevel.ErrorLevel);
        Assert.Equal("OFF", off.StringFor());
        Assert.Throws<ArgumentException>(() => off.ClassFor());
        Assert.Throws<ArgumentException>(() => ((LogLevel)17).StringFor());
        Assert.Throws<ArgumentException>(() => Logging.LogLevelFor("loud"));
    }

    [Fact]
    public void An_event_tells_its_level_thread_source_message_and_cause()
    {
        var cause = new InvalidOperationException("why");
        LogEvent[] events =
        [
            new Debug("src", typeof(string), "text"), new Info("src", typeof(string), "text"),
            new Warning("src", typeof(string), "text"), new Error(null, "src", typeof(string), "text"),
            new Debug(cause, "src", typeof(string), "text"), new Info(cause, "src", typeof(string), "text"),
            new Warning(cause, "src", typeof(string), "text"), new Error(cause, "src", typeof(string), "text"),
        ];

        for (var i = 0; i < events.Length; i++)
        {
            var e = events[i];
            Assert.Equal((LogLevel)(i % 4), e.LogLevel());
            Assert.Equal(LogTypes[i % 4], e.GetType());
            Assert.Equal(("src", typeof(string), "text"), (e.LogSource, e.LogClass, e.Message));
            Assert.Equal(Thread.CurrentThread, e.Thread);
            Assert.Equal(DateTimeKind.Utc, e.Timestamp.Kind);
            Assert.Same(i < 4 ? null : cause, e.Cause);
            var text = e.ToString();
            Assert.StartsWith($"[{e.LogLevel().StringFor()}][", text, StringComparison.Ordinal);
            Assert.Contains("[src] text", text, StringComparison.Ordinal);
            Assert.Equal(i >= 4, text.Contains("Cause: " + cause, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Sources_have_names()
    {
        var actor = NewRecorder().Ref;

        Assert.Equal(("x", typeof(DummyClassForStringSources)), Parts(LogSource.Create("x")));
        Assert.Equal(("String", typeof(string)), Parts(LogSource.Create(typeof(string))));
        Assert.Equal((nameof(LoggingTests), typeof(LoggingTests)), Parts(LogSource.Create(this)));
        Assert.Equal(actor.Path.ToString(), LogSource.Create(actor).Source);
        Assert.Equal(("a", typeof(int)), Parts(LogSource.Create("a", typeof(int))));
        Assert.Equal(typeof(int), LogSource.SourceType(typeof(int)));
        Assert.Equal(typeof(LoggingTests), LogSource.SourceType(this));

        Assert.Equal($"x ({System})", LogSource.Create("x", System).Source);
        Assert.Equal($"String ({System})", LogSource.Create(typeof(string), System).Source);
        Assert.Equal($"{nameof(LoggingTests)} ({System})", LogSource.Create(this, System).Source);
        Assert.Equal(actor.Path.ToString(), LogSource.Create(actor, System).Source);
        Assert.Equal(("a", typeof(int)), Parts(LogSource.Create(LogSource.Create("a", typeof(int)), System)));
        Assert.Equal($"x ({System})", LogSource.FromString("x", System));
        Assert.Equal($"String ({System})", LogSource.FromType(typeof(string), System));
        Assert.Equal(actor.Path.ToString(), LogSource.FromActorRef(actor, System));
        Assert.Equal("String", Logging.SimpleName("text"));
        Assert.Equal("Int32", Logging.SimpleName(typeof(int)));
    }

    [Fact]
    public async Task The_logger_of_an_actor_names_its_path_and_its_type()
    {
        var log = NewRecorder();
        System.EventStream.Subscribe<Warning>(log.Ref);
        var speaker = System.ActorOf(Props.Create(() => new Speaker()), "speaker");

        speaker.Tell("hello");

        var said = await log.Next<Warning>();
        Assert.Equal(speaker.Path.ToString(), said.LogSource);
        Assert.Equal(typeof(Speaker), said.LogClass);
        Assert.Equal("said hello", said.Message.ToString());
        Assert.Equal(speaker.Path.ToString(), await speaker.Ask<string>("source", Recorder.Patience));
    }

    [Fact]
    public async Task A_logger_publishes_what_is_at_or_above_the_level_that_it_was_made_under()
    {
        var stream = new EventStream(false);
        var recorder = NewRecorder();
        stream.Subscribe<LogEvent>(recorder.Ref);
        stream.SetLogLevel(LogLevel.WarningLevel);
        var log = Logging.GetLogger(stream, "test");
        stream.SetLogLevel(LogLevel.DebugLevel);

        Assert.Equal((false, false, true, true),
            (log.IsDebugEnabled, log.IsInfoEnabled, log.IsWarningEnabled, log.IsErrorEnabled));
        foreach (var level in Enum.GetValues<LogLevel>())
            Assert.Equal(level >= LogLevel.WarningLevel, log.IsEnabled(level));
        Assert.Throws<NotSupportedException>(() => log.IsEnabled((LogLevel)17));

        log.Debug("d");
        log.Info("i");
        log.Warning("w");
        log.Error("e");
        log.Log(LogLevel.DebugLevel, "always");

        Assert.Equal(["w", "e", "always"], (await recorder.SoFar()).Select(m => ((LogEvent)m).Message));
        Assert.Equal(LogLevel.DebugLevel, stream.LogLevel);
    }

    [Fact]
    public async Task A_message_is_put_into_words_by_the_formatter_when_it_is_read()
    {
        var stream = new EventStream(false);
        var recorder = NewRecorder();
        stream.Subscribe<Error>(recorder.Ref);
        var log = Logging.GetLogger(stream, "test", new Shouting());
        Assert.IsType<Shouting>(log.Formatter);

        log.Error("{0} and {1}", 1, "two");

        var message = Assert.IsAssignableFrom<LogMessage>((await recorder.Next<Error>()).Message);
        Assert.Equal("{0} and {1}", message.Format);
        Assert.Equal([1, "two"], message.Parameters());
        Assert.Equal("{0} AND {1}!1,two", message.ToString());
    }

    [Fact]
    public void A_logger_of_a_bus_knows_its_bus_and_its_source()
    {
        var bus = new LoggingBus();
        var log = new BusLogging(bus, "src", typeof(int), DefaultLogMessageFormatter.Instance);

        Assert.Equal((bus, "src", typeof(int)), (log.Bus, log.LogSource, log.LogClass));
        Assert.Throws<ArgumentNullException>(() => new BusLogging(bus, "src", typeof(int), null));
    }

    [Fact]
    public void The_default_formatter_formats_as_string_Format_does()
    {
        var formatter = DefaultLogMessageFormatter.Instance;

        Assert.Equal("1 of 2", formatter.Format("{0} of {1}", 1, 2));
        Assert.Equal("1 of 2", formatter.Format("{0} of {1}", new List<object> { 1, 2 }));
    }

    [Fact]
    public void Who_wants_no_log_has_a_logger_that_keeps_silent()
    {
        var log = NoLogger.Instance;

        Assert.False(log.IsDebugEnabled || log.IsInfoEnabled || log.IsWarningEnabled || log.IsErrorEnabled);
        Assert.False(log.IsEnabled(LogLevel.ErrorLevel));
        Assert.NotNull(log.Formatter);
        log.Log(LogLevel.ErrorLevel, null, "nothing happens");
        log.Error("nothing {0}", "happens");
    }

    private static (string, Type) Parts(LogSource source) => (source.Source, source.Type);

    private sealed class Shouting : ILogMessageFormatter
    {
        public string Format(string format, params object[] args) =>
            $"{format.ToUpperInvariant()}!{string.Join(",", args)}";

        public string Format(string format, IEnumerable<object> args) => Format(format, args.ToArray());
    }

    private sealed class Speaker : UntypedActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        protected override void OnReceive(object message)
        {
            if (message is "source")
                Sender.Tell(LogSource.FromActor(Context, Context.System));
            else
                _log.Warning("said {0}", message);
        }
    }
}
