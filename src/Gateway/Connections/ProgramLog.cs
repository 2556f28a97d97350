using System.Globalization;
using Akka.Event;
using Handoff.Messages;

namespace Handoff.Gateway.Connections;

// How a program ended, in a line of the log; a warning where it did not end by itself.
internal static class ProgramLog
{
    // Socket: what the line says of it. Stopped: why its service ended it.
    public static void Write(ILoggingAdapter log, ProgramEnded ended, string? program, string socket, string stopped)
    {
        var how = ended switch
        {
            { ExitCode: { } code } => $"exit={code}",
            { Signal: { } signal } => $"signal={signal}",
            _ => "exit=unknown",
        };
        var why = ended.Stop switch
        {
            ProgramStop.None => "",
            ProgramStop.TimedOut => " stopped: it ran for longer than run-limit",
            ProgramStop.Stopped => $" stopped{stopped}",
            _ => " stopped: it could not be watched any more",
        };
        var line = string.Create(CultureInfo.InvariantCulture,
            $"program={program} pid={ended.ProcessId} {socket} "
            + $"{how} duration={ended.Ran.TotalMilliseconds:0.###}ms{why}");
        if (ended.Stop is ProgramStop.None) log.Info("{0}", line);
        else log.Warning("{0}", line);
    }
}
