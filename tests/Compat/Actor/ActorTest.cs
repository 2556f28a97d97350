using Akka.Actor;
using Akka.Configuration;

namespace Handoff.Compat.Tests.Actors;

public abstract class ActorTest : IAsyncLifetime
{
    private const string Quiet = """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        """;

    protected ActorTest(string hocon = "") =>
        Sys = ActorSystem.Create("test", ConfigurationFactory.ParseString(Quiet + "\n" + hocon));

    protected static TimeSpan Patience => Journal.Patience;

    protected ActorSystem Sys { get; }

    protected Journal Journal { get; } = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Sys.Terminate().WaitAsync(Patience);

    protected IActorRef Puppet(string? name = null) => Sys.ActorOf(Puppets(), name);

    // Writes down its lifecycle too.
    protected IActorRef Diary(string name) => Sys.ActorOf(Diaries(), name);

    protected Props Puppets() => Props.Create(() => new Puppet(Journal));

    protected Props Diaries() => Props.Create(() => new DiaryPuppet(Journal));

    protected static async Task<T> Inside<T>(IActorRef puppet, Func<IUntypedActorContext, T> body) =>
        (await puppet.Ask<Done>(new Run(context => body(context)), Patience)).Result is T result ? result : default!;

    protected static Task Inside(IActorRef puppet, Action<IUntypedActorContext> body) =>
        puppet.Ask<Done>(
            new Run(context =>
            {
                body(context);
                return null;
            }),
            Patience);

    // A test kit leaves its test actor behind as the current one of a thread of the pool.
    protected static Task OnOwnThread(Func<Task> body) => Task.Factory.StartNew(
        body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();

    protected static Task OnOwnThread(Action body) => Task.Factory.StartNew(
        body, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // An answer shows that all that was sent before has been processed.
    protected static Task Settled(IActorRef puppet) => Inside(puppet, _ => { });

    protected static async Task Gone(IActorRef actor, ActorSystem system)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new Mourner(actor, gone)));
        await gone.Task.WaitAsync(Patience);
    }

    private sealed class Mourner : ReceiveActor
    {
        public Mourner(IActorRef subject, TaskCompletionSource gone)
        {
            Context.Watch(subject);
            Receive<Terminated>(_ =>
            {
                gone.SetResult();
                Context.Stop(Self);
            });
        }
    }
}
