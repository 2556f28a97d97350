using Akka.Actor;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

[Collection(nameof(OneConsole))]
public sealed class StandardOutLoggerTests
{
    [Fact]
    public void Everything_is_written_as_a_line_and_a_wrong_format_harms_nobody()
    {
        var mark = Guid.NewGuid().ToString();
        var logger = new StandardOutLogger();
        var stream = new EventStream(false);
        stream.Subscribe<LogEvent>(logger);
        var log = Logging.GetLogger(stream, mark);

        var text = WhatIsWritten(() =>
        {
            log.Debug("d");
            log.Info("i");
            log.Warning("w");
            log.Error(new InvalidOperationException("why"), "e");
            log.Error("{0} {1}", "too few");
            logger.Tell("plain " + mark, ActorRefs.NoSender);
        });

        foreach (var part in new[] { "[DEBUG]", "[INFO]", "[WARNING]", "[ERROR]", "why", "{0} {1}", "plain " + mark })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.StartsWith("akka://all-systems", logger.Path.ToString(), StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => logger.Tell(null, ActorRefs.NoSender));
    }

    [Fact]
    public void The_colours_can_be_chosen_or_left_out()
    {
        var before = (StandardOutLogger.DebugColor, StandardOutLogger.InfoColor, StandardOutLogger.WarningColor,
            StandardOutLogger.ErrorColor, StandardOutLogger.UseColors);
        Assert.Equal((ConsoleColor.Gray, ConsoleColor.White, ConsoleColor.Yellow, ConsoleColor.Red, true), before);

        StandardOutLogger.DebugColor = ConsoleColor.Blue;
        StandardOutLogger.InfoColor = ConsoleColor.Blue;
        StandardOutLogger.WarningColor = ConsoleColor.Blue;
        StandardOutLogger.ErrorColor = ConsoleColor.Blue;
        StandardOutLogger.UseColors = false;
        var info = new Info("s", typeof(string), "m");
        var text = WhatIsWritten(() => new StandardOutLogger().Tell(info, ActorRefs.NoSender));

        Assert.EndsWith($"[s] m{Environment.NewLine}", text, StringComparison.Ordinal);
        (StandardOutLogger.DebugColor, StandardOutLogger.InfoColor, StandardOutLogger.WarningColor,
            StandardOutLogger.ErrorColor, StandardOutLogger.UseColors) = before;
    }

    private static string WhatIsWritten(Action write)
    {
        var before = Console.Out;
        using var writer = new StringWriter();
        Console.SetOut(writer);
        try
        {
            write();
        }
        finally
        {
            Console.SetOut(before);
        }

        return writer.ToString();
    }
}
