using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

public sealed class LoggersTests : IAsyncLifetime
{
    private const string Quiet = "akka { stdout-loglevel = OFF, log-dead-letters = off }";

    private const string Probe = "do you hear me?";

    private readonly string _name = "loggers-" + Guid.NewGuid().ToString("N");
    private ActorSystem? _system;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_system != null)
            await _system.Terminate().WaitAsync(Recorder.Patience);
    }

    [Fact]
    public async Task A_logger_that_the_configuration_names_is_started_first_and_gets_what_its_level_lets_through()
    {
        Start(Loggers<LoggerProbes.Keeping>("INFO"));
        await LoggerListens();
        _system!.Log.Debug("too low");
        _system.Log.Info("first");
        _system.Log.Error("second");

        var logged = await Logged();

        Assert.Same(_system.EventStream, Assert.IsType<InitializeLogger>(logged[0]).LoggingBus);
        Assert.Equal(["first", "second"], Messages(logged));
    }

    [Fact]
    public async Task A_level_that_is_set_later_holds_for_the_loggers_that_run()
    {
        Start(Loggers<LoggerProbes.Keeping>("WARNING"));
        await LoggerListens();
        _system!.EventStream.SetLogLevel(LogLevel.InfoLevel);
        _system.EventStream.Publish(new Info("me", typeof(string), "heard"));
        _system.EventStream.SetLogLevel(LogLevel.ErrorLevel);
        _system.EventStream.Publish(new Warning("me", typeof(string), "not heard"));
        _system.EventStream.Publish(new Error(null, "me", typeof(string), "heard too"));

        Assert.Equal(["heard", "heard too"], Messages(await Logged()));
        Assert.Equal(LogLevel.ErrorLevel, _system.EventStream.LogLevel);
    }

    [Fact]
    public void A_logger_that_does_not_answer_does_not_keep_the_system_from_starting()
    {
        Start(Loggers<LoggerProbes.Silent>("INFO") + "\nakka.logger-startup-timeout = 50ms");

        Assert.False(_system!.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task A_logger_that_gives_a_wrong_answer_is_stopped()
    {
        Start(Loggers<LoggerProbes.Rude>("INFO"));

        var deadline = DateTime.UtcNow + Recorder.Patience;
        while (LoggerProbes.LoggedIn(_name).IsEmpty && DateTime.UtcNow < deadline)
            await Task.Yield();

        Assert.Equal(["stopped"], LoggerProbes.LoggedIn(_name));
    }

    [Fact]
    public void A_logger_that_is_no_type_keeps_the_system_from_starting() =>
        Assert.Throws<ConfigurationException>(() => Start("akka.loggers = [\"No.Such, Type\"]"));

    [Fact]
    public async Task The_default_logger_writes_to_the_logger_for_standard_output_which_can_be_another()
    {
        var mark = Guid.NewGuid().ToString();
        Start("akka.loggers = [\"Akka.Event.DefaultLogger\"]\n" +
            $"akka.stdout-logger-class = {LoggerProbes.NameOf<LoggerProbes.Stdout>()}");

        var deadline = DateTime.UtcNow + Recorder.Patience;
        while (!Written() && DateTime.UtcNow < deadline)
        {
            _system!.Log.Warning(mark);
            await Task.Yield();
        }

        Assert.True(Written());

        bool Written() => LoggerProbes.ToStdout.OfType<Warning>().Any(w => w.Message.Equals(mark));
    }

    [Fact]
    public async Task What_is_logged_after_the_loggers_have_gone_is_written_to_standard_output()
    {
        var mark = Guid.NewGuid().ToString();
        Start(Loggers<LoggerProbes.Keeping>("INFO") + "\nakka.stdout-loglevel = DEBUG" +
            $"\nakka.stdout-logger-class = {LoggerProbes.NameOf<LoggerProbes.Stdout>()}");
        var log = _system!.Log;
        await _system.Terminate().WaitAsync(Recorder.Patience);

        log.Error(mark);

        Assert.Contains(LoggerProbes.ToStdout.OfType<Error>(), e => e.Message.Equals(mark));
    }

    [Fact]
    public async Task What_a_logger_has_not_written_when_it_is_stopped_is_written_to_standard_output()
    {
        var mark = Guid.NewGuid().ToString();
        var before = LoggersStopped();
        Start(Loggers<LoggerProbes.Stuck>("INFO") + "\nakka.loggers-dispatcher = stuck\nakka.stdout-loglevel = DEBUG" +
            "\nstuck { type = PinnedDispatcher, executor = thread-pool-executor }" +
            $"\nakka.stdout-logger-class = {LoggerProbes.NameOf<LoggerProbes.Stdout>()}");
        Assert.True(SpinWait.SpinUntil(Holds, Recorder.Patience));
        _system!.EventStream.Publish(new Error(null, "me", typeof(string), mark));

        var ended = _system.Terminate();
        Assert.True(SpinWait.SpinUntil(() => LoggersStopped() > before, Recorder.Patience));
        LoggerProbes.Stuck.Go.Set();
        await ended.WaitAsync(Recorder.Patience);

        Assert.Contains(LoggerProbes.ToStdout.OfType<Error>(), e => e.Message.Equals(mark));

        bool Holds()
        {
            _system!.EventStream.Publish(new Error(null, "me", typeof(string), Probe));
            return LoggerProbes.Stuck.Holds.IsSet;
        }

        static int LoggersStopped() => LoggerProbes.ToStdout.OfType<Debug>()
            .Count(d => d.Message.ToString() == "All default loggers stopped");
    }

    [Fact]
    public void Any_bus_can_write_to_standard_output()
    {
        var mark = Guid.NewGuid().ToString();
        Start("akka { loggers = [], stdout-loglevel = WARNING }" +
            $"\nakka.stdout-logger-class = {LoggerProbes.NameOf<LoggerProbes.Stdout>()}");
        var bus = new LoggingBus();

        bus.StartStdoutLogger(_system!.Settings);
        bus.Publish(new Warning("me", typeof(string), mark));
        bus.Publish(new Info("me", typeof(string), mark));

        Assert.IsType<Warning>(LoggerProbes.ToStdout.OfType<LogEvent>().Single(e => e.Message.Equals(mark)));
    }

    [Fact]
    public async Task Unhandled_messages_are_logged_if_the_configuration_asks_for_it()
    {
        Start(Loggers<LoggerProbes.Keeping>("DEBUG") + "\nakka.actor.debug.unhandled = on");
        var recorder = new Recorder(_system!);
        _system!.EventStream.Subscribe<Debug>(recorder.Ref);
        var deaf = _system.ActorOf(Props.Create(() => new Deaf()), "deaf");

        deaf.Tell("hello");

        while (!(await recorder.Next<Debug>()).Message.ToString()!.Contains("hello", StringComparison.Ordinal))
        {
        }
    }

    private static string Loggers<T>(string level) =>
        $"akka.loggers = [{LoggerProbes.NameOf<T>()}]\nakka.loglevel = {level}";

    private static IEnumerable<string> Messages(IEnumerable<object> logged) =>
        logged.OfType<LogEvent>().Select(e => e.Message.ToString()!).Where(m => m != Probe);

    private void Start(string hocon) => _system = ActorSystem.Create(
        _name, ConfigurationFactory.ParseString(hocon).WithFallback(ConfigurationFactory.ParseString(Quiet)));

    // Akka puts a logger on the stream a moment after the system was made.
    private async Task LoggerListens()
    {
        var deadline = DateTime.UtcNow + Recorder.Patience;
        while (!(await Logged()).OfType<Error>().Any())
        {
            Assert.True(DateTime.UtcNow < deadline, "The logger hears nothing.");
            _system!.EventStream.Publish(new Error(null, "me", typeof(string), Probe));
        }
    }

    private async Task<List<object>> Logged()
    {
        var logger = await LoggerProbes.StartedIn(_name);
        await logger.Ask<string>("ping", Recorder.Patience);
        return LoggerProbes.LoggedIn(_name).ToList();
    }

    private sealed class Deaf : ReceiveActor;
}
