using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Hosting;
using Akka.Hosting.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using HostLevel = Microsoft.Extensions.Logging.LogLevel;
using Level = Akka.Event.LogLevel;

namespace Handoff.Compat.Tests.Hosting;

public sealed class HostLoggingTests : HostTest
{
    [Fact]
    public async Task What_actors_log_reaches_the_log_of_the_host()
    {
        var provider = new Provider();
        var host = await Start(
            akka => akka.ConfigureLoggers(loggers =>
            {
                loggers.LogLevel = Level.DebugLevel;
                loggers.ClearLoggers().AddLoggerFactory();
            }),
            builder => builder.Logging.AddProvider(provider).SetMinimumLevel(HostLevel.Trace));
        var cause = new InvalidOperationException("why");
        var log = SystemOf(host).Log;

        log.Debug("to be found {0}", 1);
        log.Info("to be found {0}", 2);
        log.Warning("to be found {0}", 3);
        log.Error(cause, "to be found {0}", 4);

        HostLevel[] levels = [HostLevel.Debug, HostLevel.Information, HostLevel.Warning, HostLevel.Error];
        for (var i = 0; i < levels.Length; i++)
        {
            var entry = await provider.Find($"to be found {i + 1}");
            Assert.Equal(levels[i], entry.Level);
            Assert.Equal("Akka.Actor.ActorSystem", entry.Category);
            Assert.Same(i == 3 ? cause : null, entry.Cause);
            Assert.IsAssignableFrom<LogEvent>(entry.State);
        }
    }

    [Fact]
    public async Task The_factory_for_the_log_can_be_given()
    {
        var provider = new Provider();
        using var factory = new LoggerFactory([provider]);
        var host = await Start(akka => akka.ConfigureLoggers(l => l.ClearLoggers().AddLoggerFactory(factory)));

        SystemOf(host).Log.Warning("to be found");

        Assert.Equal(HostLevel.Warning, (await provider.Find("to be found")).Level);
        Assert.Same(factory, SystemOf(host).Settings.Setup.Get<LoggerFactorySetup>().Value.LoggerFactory);
    }

    [Fact]
    public async Task Loggers_and_their_level_become_configuration()
    {
        var host = await Start(akka => akka.ConfigureLoggers(loggers =>
        {
            Assert.Equal((Level.InfoLevel, false), (loggers.LogLevel, loggers.LogConfigOnStart));
            loggers.LogLevel = Level.WarningLevel;
            loggers.LogConfigOnStart = true;
            loggers.ClearLoggers().AddDefaultLogger().AddLogger<LoggerFactoryLogger>();
        }));

        var config = ConfigOf(host);
        Assert.Equal("WARNING", config.GetString("akka.loglevel").ToUpperInvariant());
        Assert.True(config.GetBoolean("akka.log-config-on-start"));
        Assert.Equal(
            [typeof(DefaultLogger).AssemblyQualifiedName, typeof(LoggerFactoryLogger).AssemblyQualifiedName],
            config.GetStringList("akka.loggers"));
    }

    [Fact]
    public void Unless_they_are_cleared_the_default_logger_stays()
    {
        var builder = new AkkaConfigurationBuilder(new ServiceCollection(), "s").ConfigureLoggers(_ => { });

        Assert.Equal(
            [typeof(DefaultLogger).AssemblyQualifiedName],
            builder.Configuration.Value.GetStringList("akka.loggers"));
    }

    [Fact]
    public async Task Without_a_factory_that_logger_does_not_start()
    {
        var name = typeof(LoggerFactoryLogger).AssemblyQualifiedName;
        var system = ActorSystem.Create("nofactory", ConfigurationFactory.ParseString(
            $"akka {{ stdout-loglevel = OFF, loggers = [\"{name}\"], logger-startup-timeout = 100ms }}"));

        await system.Terminate().WaitAsync(Patience);
    }

    private sealed record Entry(string Category, HostLevel Level, string Text, object? State, Exception? Cause);

    private sealed class Provider : ILoggerProvider
    {
        private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>();

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _entries.Writer);

        public async Task<Entry> Find(string text)
        {
            using var limit = new CancellationTokenSource(Patience);
            while (true)
            {
                var entry = await _entries.Reader.ReadAsync(limit.Token);
                if (entry.Text.EndsWith(text, StringComparison.Ordinal) ||
                    entry.Text.Contains(text + Environment.NewLine, StringComparison.Ordinal))
                    return entry;
            }
        }

        public void Dispose()
        {
        }
    }

    private sealed class Logger(string category, ChannelWriter<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(HostLevel logLevel) => true;

        public void Log<TState>(
            HostLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            entries.TryWrite(new Entry(category, logLevel, formatter(state, exception), state, exception));
    }
}
