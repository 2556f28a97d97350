using Akka.Actor;
using Akka.Event;

namespace Handoff.TestKit.Running;

// Akka's log of a seeded system goes to the run instead of to the console.
internal sealed class ErrorLogger : ReceiveActor
{
    public ErrorLogger()
    {
        var log = ((VirtualScheduler)Context.System.Scheduler).Queue!.Log;
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(log.Add);
    }
}
