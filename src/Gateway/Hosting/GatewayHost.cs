using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Handoff.Gateway.Configuration;
using Handoff.Gateway.Connections;
using Handoff.Gateway.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Handoff.Gateway.Hosting;

internal static class GatewayHost
{
    // It waits for programs that nobody has ended yet, for twice their time.
    private static readonly TimeSpan ActorSystemStopTime = TimeSpan.FromSeconds(30);

    // What a configuration may say otherwise. A client that goes away leaves messages behind; they are no news. A
    // gateway that was killed leaves the file of its control socket behind.
    private static readonly Config OfActorSystem = ConfigurationFactory.ParseString(
        """
        akka.log-dead-letters = off
        akka.log-dead-letters-during-shutdown = off
        akka.stdout-loglevel = error
        handoff.unix.remove-stale = on

        """ + ConnectionStateSerializer.Configuration);

    public static IHost Build(GatewaySettings settings, ServiceCatalogue catalogue, RunOptions options)
    {
        // Empty: what runs depends on the configuration alone, not on environment variables or an appsettings.json.
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        AddLogging(builder.Logging, settings);
        builder.Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(o =>
            o.ShutdownTimeout =
                settings.Upgrade.MoveTimeout + GatewayService.StopTime(settings) + ActorSystemStopTime
                    + 2 * settings.ProgramStopTimeout);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(catalogue);
        builder.Services.AddSingleton(options);
        builder.Services.AddAkka("gateway", (akka, provider) => akka
            .AddHocon(settings.System, HoconAddMode.Prepend)
            .AddHocon(OfActorSystem, HoconAddMode.Append)
            .ConfigureLoggers(loggers =>
            {
                loggers.ClearLoggers();
                loggers.AddLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
                loggers.LogLevel = AkkaLevel(settings.LogLevel);
            }));
        builder.Services.AddSingleton<GatewayService>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<GatewayService>());
        return builder.Build();
    }

    private static void AddLogging(ILoggingBuilder logging, GatewaySettings settings)
    {
        logging.SetMinimumLevel(HostLevel(settings.LogLevel));

        // The host's own failures reach whoever started it as exceptions; it need not log them as well.
        logging.AddFilter("Microsoft", LogLevel.None);
        logging.AddConsole(console =>
        {
            console.FormatterName = LineFormatter.FormatterName;
            console.LogToStandardErrorThreshold = LogLevel.Trace;
        });
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
    }

    private static LogLevel HostLevel(string level) => level switch
    {
        "debug" => LogLevel.Debug,
        "info" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        _ => LogLevel.Error,
    };

    private static Akka.Event.LogLevel AkkaLevel(string level) => level switch
    {
        "debug" => Akka.Event.LogLevel.DebugLevel,
        "info" => Akka.Event.LogLevel.InfoLevel,
        "warning" => Akka.Event.LogLevel.WarningLevel,
        _ => Akka.Event.LogLevel.ErrorLevel,
    };
}
