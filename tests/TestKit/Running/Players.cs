using System.IO.Pipelines;
using Akka.Actor;
using Handoff.TestKit.Running;

namespace Handoff.TestKit.Tests.Running;

// A run with some of everything in it, and what happened in it, in order.
internal static class Players
{
    private static readonly string[] Names = ["a", "b", "c"];
    private static readonly string[] Messages = ["one", "fail", "await", "timer", "two"];

    public static HashSet<int> Threads { get; } = [];

    public static List<string> Play(SeededSystem system, int seed)
    {
        system.Reset(seed);
        Threads.Clear();
        var log = new List<string>();
        Action<string> write = entry =>
        {
            Threads.Add(Environment.CurrentManagedThreadId);
            log.Add(entry);
        };
        var all = Names
            .ToDictionary(name => name, name => system.Actors.ActorOf(
                Props.Create(() => new Player(name, system.Clock, write))));
        foreach (var player in all.Values)
        {
            foreach (var message in Messages) player.Tell(message, ActorRefs.NoSender);
        }

        all["a"].Tell(("b", all["b"]), ActorRefs.NoSender);
        var pipe = new Pipe(new PipeOptions(
            readerScheduler: system.PipeScheduler,
            writerScheduler: system.PipeScheduler,
            useSynchronizationContext: false));
        var reading = system.Begin(async () =>
        {
            var read = await pipe.Reader.ReadAsync();
            write($"read {read.Buffer.Length} bytes");
        });
        var waiting = system.Begin(async () =>
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(30), system.Clock);
            Assert.True(await timer.WaitForNextTickAsync());
            write($"code resumed at {system.Clock.Elapsed.TotalSeconds}");
        });
        system.RunUntilIdle();
        var writing = pipe.Writer.WriteAsync(new byte[5]).AsTask();
        system.Advance(TimeSpan.FromMinutes(1));
        foreach (var task in new[] { reading, writing, waiting }) Assert.True(task.IsCompletedSuccessfully);
        foreach (var player in all.Values) system.Actors.Stop(player);
        system.RunUntilIdle();
        write($"{system.Steps} steps");
        return log;
    }

    private sealed class Player : ReceiveActor, IWithTimers
    {
        private readonly string _name;
        private readonly Action<string> _write;
        private int _ticks;

        public Player(string name, VirtualClock clock, Action<string> write)
        {
            (_name, _write) = (name, write);
            Receive<string>(message => message == "fail", _ => throw new InvalidOperationException("on purpose"));
            Receive<string>(
                message => message == "timer",
                _ => Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(10)));
            Receive<string>(message => message == "tick", _ =>
            {
                write($"{name} tick at {clock.Elapsed.TotalSeconds}");
                if (++_ticks == 2) Timers.CancelAll();
            });
            Receive<string>(message => message == "question", _ => Sender.Tell("answer"));
            ReceiveAsync<string>(message => message == "await", async _ =>
            {
                await Task.Yield();
                write($"{name} after the await");
            });
            ReceiveAsync<(string Name, IActorRef Ref)>(async other =>
            {
                var answer = await other.Ref.Ask<string>("question", TimeSpan.FromSeconds(20));
                write($"{name} asked {other.Name}: {answer}");
            });
            ReceiveAny(message => write($"{name} got {message}"));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PostRestart(Exception reason) => _write($"{_name} restarted");

        protected override void PostStop() => _write($"{_name} stopped");
    }
}
