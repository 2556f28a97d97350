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
            ProgramStop.TimedOut => ": it ran for longer than run-limit",
            ProgramStop.Stopped => stopped,
            _ => ": it could not be watched any more",
        };
        var took = ended.Ran.TotalMilliseconds;
        if (ended.Stop is ProgramStop.None)
            log.Info("program={0} pid={1} {2} {3} duration={4:0.###}ms", program, ended.ProcessId, socket, how, took);
        else
            log.Warning(
                "program={0} pid={1} {2} {3} duration={4:0.###}ms stopped{5}",
                program, ended.ProcessId, socket, how, took, why);
    }
}
