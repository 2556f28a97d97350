using Akka.Actor;
using Akka.Configuration;
using Handoff.Compat.Tests.Actors;

namespace Handoff.Compat.Tests.Dispatching;

public sealed class VirtualTimeTests
{
    private static readonly TimeSpan s_end = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_system_on_one_thread_and_a_virtual_clock_does_the_same_for_the_same_seed()
    {
        const int seeds = 5;
        var different = new HashSet<string>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            var first = await Play(seed);
            Assert.Equal(first, await Play(seed));
            different.Add(string.Join('\n', first));
        }

        Assert.True(different.Count > 1, "the seed changes nothing");
    }

    [Fact]
    public async Task Time_passes_at_once()
    {
        var log = await Play(seed: 7);
        Assert.Contains("tick at 00:00:10", log);
        Assert.Contains("tick at 00:00:20", log);
        Assert.Contains("timeout at 00:00:35", log);
        Assert.Contains("after the await", log);
        Assert.Contains("answer", log);
        Assert.Equal("stopped", log[^1]);
    }

    // On a thread without a synchronization context, as those of a dispatcher are.
    private static Task<List<string>> Play(int seed) => Task.Factory.StartNew(
        () => PlayHere(seed), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static List<string> PlayHere(int seed)
    {
        var world = VirtualWorld.Create();
        var config = ConfigurationFactory.ParseString(VirtualWorld.Configuration(world.Id));
        var log = new List<string>();
        var thread = Environment.CurrentManagedThreadId;
        // Making a system waits for its loggers, which need the pump.
        var creating = Task.Factory.StartNew(
            () => ActorSystem.Create("virtual", config),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        world.PumpUntil(creating);
        var system = creating.GetAwaiter().GetResult();
        world.Pump(world.Now);
        world.Seed(seed);

        Action<string> write = entry =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            log.Add(entry);
        };

        var actors = Enumerable.Range(1, 3)
            .Select(i => system.ActorOf(Props.Create(() => new Player(write, world)), $"player{i}"))
            .ToList();
        foreach (var actor in actors)
        {
            foreach (var message in new[] { "one", "fail", "await", "start timer", "set timeout" })
                actor.Tell(message, ActorRefs.NoSender);
        }

        system.ActorOf(Props.Create(() => new Asker(write, actors[0])), "asker");
        world.Pump(s_end);
        foreach (var actor in actors)
            actor.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        world.Pump(world.Now);
        var ending = system.Terminate();
        world.PumpUntil(ending);
        return log;
    }

    private sealed class Player : ReceiveActor, IWithTimers
    {
        private readonly Action<string> _write;
        private int _ticks;

        public Player(Action<string> write, VirtualWorld world)
        {
            _write = write;
            Receive<string>(message => message == "fail", _ => throw new InvalidOperationException("boom"));
            Receive<string>(message => message == "start timer", _ => Timers.StartPeriodicTimer(
                "key", "tick", TimeSpan.FromSeconds(10)));
            Receive<string>(message => message == "set timeout", _ => SetReceiveTimeout(TimeSpan.FromSeconds(15)));
            Receive<string>(message => message == "tick", _ =>
            {
                write($"tick at {world.Now}");
                if (++_ticks == 2)
                    Timers.CancelAll();
            });
            Receive<string>(message => message == "ask", _ => Sender.Tell("answer"));
            Receive<ReceiveTimeout>(_ =>
            {
                write($"timeout at {world.Now}");
                SetReceiveTimeout(null);
            });
            ReceiveAsync<string>(message => message == "await", async _ =>
            {
                await Task.Yield();
                await Task.Yield();
                write("after the await");
            });
            ReceiveAny(message => write($"{Self.Path.Name} got {message}"));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PostRestart(Exception reason) => _write($"{Self.Path.Name} restarted");

        protected override void PostStop() => _write("stopped");
    }

    private sealed class Asker : ReceiveActor
    {
        public Asker(Action<string> write, IActorRef target)
        {
            Receive<string>(write);
            // Asking from inside, so that the answer comes back to the same thread.
            ReceiveAsync<Ready>(async _ => write(await target.Ask<string>("ask", Journal.Patience)));
            Self.Tell(new Ready());
        }

        private sealed record Ready;
    }
}
