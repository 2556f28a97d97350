using Akka.Actor;

namespace Handoff.Sockets;

// Akka starts the clock of its scheduler at the first timer, as work of the thread pool, and whoever sets a timer
// until then holds a thread and waits for it. A burst of connections, each with the timer of its offer, held every
// thread, and the clock started when the pool had added enough: after half a minute, when the offers were over.
internal static class SchedulerStart
{
    // By a timer that never comes, so that virtual time has none more. Before the first socket.
    public static void Begin(ActorSystem system) => system.Scheduler.Advanced.ScheduleOnce(
        TimeSpan.Zero, static () => { }, Cancelable.CreateCanceled());
}
