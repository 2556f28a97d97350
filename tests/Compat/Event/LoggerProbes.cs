using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;

namespace Handoff.Compat.Tests.Event;

// Loggers that a configuration can name. Tests tell their systems apart by name.
internal static class LoggerProbes
{
    public static readonly ConcurrentQueue<object> ToStdout = new();

    private static readonly ConcurrentDictionary<string, TaskCompletionSource<IActorRef>> Started = new();
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<object>> Logged = new();

    public static string NameOf<T>() => $"\"{typeof(T).AssemblyQualifiedName}\"";

    public static ConcurrentQueue<object> LoggedIn(string system) => Logged.GetOrAdd(system, _ => new());

    public static Task<IActorRef> StartedIn(string system) => Start(system).Task.WaitAsync(Recorder.Patience);

    private static TaskCompletionSource<IActorRef> Start(string system) =>
        Started.GetOrAdd(system, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    public sealed class Keeping : ReceiveActor, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
    {
        public Keeping()
        {
            var logged = LoggedIn(Context.System.Name);
            Receive<InitializeLogger>(m =>
            {
                logged.Enqueue(m);
                Sender.Tell(new LoggerInitialized());
            });
            Receive<LogEvent>(logged.Enqueue);
            Receive<string>(_ => Sender.Tell("pong"));
        }

        protected override void PreStart() => Start(Context.System.Name).TrySetResult(Self);
    }

    public sealed class Silent : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }
    }

    public sealed class Rude : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell("no");

        protected override void PostStop() => LoggedIn(Context.System.Name).Enqueue("stopped");
    }

    public sealed class Stdout : MinimalLogger
    {
        protected override void Log(object message) => ToStdout.Enqueue(message);
    }
}
