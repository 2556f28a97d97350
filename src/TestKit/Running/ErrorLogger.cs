using Akka.Actor;
using Akka.Event;

namespace Handoff.TestKit.Running;

// Akka's log of a seeded system goes to the run instead of to the console. It is no logger of Akka's own: Akka adds
// those in the background, when the system has started already.
internal sealed class ErrorLogger : ReceiveActor
{
    public ErrorLogger(EventLog log) => Receive<LogEvent>(log.Add);
}
