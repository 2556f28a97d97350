using Akka.Actor;

namespace Handoff.Sockets;

internal static class Supervision
{
    // Accept loops and listeners are restarted; a crashed connection is stopped, and both sides are told.
    public static SupervisorStrategy Strategy { get; } = new OneForOneStrategy(
        gone => gone is RestartException ? Directive.Restart : Directive.Stop);
}
