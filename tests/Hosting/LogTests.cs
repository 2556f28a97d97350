using Akka.Actor;
using Akka.Event;
using Akka.Hosting;
using Handoff.Hosting.Tests.Setup;
using Microsoft.Extensions.Logging;

namespace Handoff.Hosting.Tests;

public sealed class LogTests : HostTest
{
    [Fact]
    public async Task A_logger_of_the_host_is_told_the_template_and_its_arguments_apart()
    {
        using var log = new Recording();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        var host = await StartAsync(akka => akka
            .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLoggerFactory(factory))
            .WithHandoff(handoff => handoff.Listen<Holder>("door", AnyPort, Props.Create(() => new Holder()))));

        var opened = await log.Told.Task.WaitAsync(Patience);

        Assert.Equal("listener {0} is open at {1}", opened.Format);
        Assert.Equal(["door", EndPointOf(host, "door")], opened.Parameters());
    }

    private sealed class Recording : ILoggerProvider, ILogger
    {
        public TaskCompletionSource<LogMessage> Told { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (state is LogEvent { Message: LogMessage message }
                && message.Format.StartsWith("listener", StringComparison.Ordinal))
                Told.TrySetResult(message);
        }

        public void Dispose()
        {
        }
    }
}
