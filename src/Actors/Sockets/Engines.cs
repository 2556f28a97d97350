using Akka.Actor;
using Akka.Event;
using Handoff.Configuration;
using Handoff.Transport.Engine;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Engine.Portable;

namespace Handoff.Sockets;

internal static class Engines
{
    // An engine that lives as long as the system.
    public static IEngine Start(ExtendedActorSystem system, EngineSettings settings)
    {
        if (settings.Kind is EngineKind.Portable) return new PortableEngine();
        var log = Logging.GetLogger(system, typeof(LinuxEngine));
        var engine = new LinuxEngine(new LinuxEngineOptions
        {
            Loops = settings.Loops,
            Processors = settings.Affinity,
            PollsBeforeSleep = settings.PollsBeforeSleep,
            ReservedDescriptors = settings.ReservedDescriptors,
            StallAfter = settings.IsInline ? settings.StallAfter : null,
            Stalled = stall => Report(log, stall),
        });
        system.RegisterOnTermination(engine.Dispose);
        return engine;
    }

    private static void Report(ILoggingAdapter log, LoopStall stall)
    {
        if (stall.IsOver)
        {
            log.Warning("loop {0} goes on: {1} held it up for {2}", stall.Loop, stall.Socket, stall.Lasted);
            return;
        }

        log.Warning(
            "loop {0} has been held up for {1} by the owner of {2}; owners that block belong on the pool "
                + "(handoff.io.resume)",
            stall.Loop, stall.Lasted, stall.Socket);
    }
}
