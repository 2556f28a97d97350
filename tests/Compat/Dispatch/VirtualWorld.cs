using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Handoff.Compat.Tests.Dispatching;

// All actors of a system on the one thread that pumps, in an order drawn from a seed, on a clock that only it turns.
internal sealed class VirtualWorld
{
    private static readonly ConcurrentDictionary<string, VirtualWorld> s_worlds = new();

    private readonly Lock _gate = new();
    private readonly List<IRunnable> _ready = [];
    private readonly PriorityQueue<Due, (TimeSpan, long)> _due = new();
    private Random _random = new(0);
    private long _scheduled;

    private VirtualWorld(string id) => Id = id;

    public string Id { get; }

    public TimeSpan Now { get; private set; }

    public static VirtualWorld Create()
    {
        var world = new VirtualWorld(Guid.NewGuid().ToString("N"));
        s_worlds[world.Id] = world;
        return world;
    }

    public static VirtualWorld Of(string id) => s_worlds[id];

    public static string Configuration(string id) => $$"""
        akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }
        akka.scheduler { implementation = "{{typeof(VirtualScheduler).AssemblyQualifiedName}}", world = "{{id}}" }
        akka.actor.default-dispatcher { type = "{{typeof(VirtualConfigurator).AssemblyQualifiedName}}" }
        akka.actor.default-dispatcher { throughput = 1, world = "{{id}}" }
        akka.actor.internal-dispatcher { type = "{{typeof(VirtualConfigurator).AssemblyQualifiedName}}" }
        akka.actor.internal-dispatcher { throughput = 1, world = "{{id}}" }
        """;

    // From a fresh start: what is drawn no longer depends on how the system came up.
    public void Seed(int seed)
    {
        _random = new Random(seed);
        lock (_gate)
            _due.Clear();
        Now = TimeSpan.Zero;
    }

    public void Add(IRunnable run)
    {
        lock (_gate)
            _ready.Add(run);
    }

    public void Schedule(TimeSpan delay, TimeSpan? interval, ICancelable? cancelable, Action action)
    {
        lock (_gate)
        {
            var due = new Due(Now + delay, interval, cancelable, action);
            _due.Enqueue(due, (due.At, _scheduled++));
        }
    }

    // Runs all that is ready, then turns the clock to what is due next, until the end or until nothing is left.
    public void Pump(TimeSpan until)
    {
        while (true)
        {
            while (TakeReady() is { } run)
                run.Run();
            if (TakeDue(until) is not { } due)
                break;
            if (due.Cancelable is { IsCancellationRequested: true })
                continue;
            due.Action();
            if (due.Interval is { } interval)
                Schedule(interval, interval, due.Cancelable, due.Action);
        }

        Now = until > Now ? until : Now;
    }

    public void PumpUntil(Task done)
    {
        while (!done.IsCompleted)
        {
            Pump(Now);
            Thread.Yield();
        }
    }

    private IRunnable? TakeReady()
    {
        lock (_gate)
        {
            if (_ready.Count == 0)
                return null;
            var drawn = _random.Next(_ready.Count);
            var run = _ready[drawn];
            _ready.RemoveAt(drawn);
            return run;
        }
    }

    private Due? TakeDue(TimeSpan until)
    {
        lock (_gate)
        {
            if (!_due.TryPeek(out var next, out _) || next.At > until)
                return null;
            _due.Dequeue();
            Now = next.At;
            return next;
        }
    }

    private sealed record Due(TimeSpan At, TimeSpan? Interval, ICancelable? Cancelable, Action Action);
}

internal sealed class VirtualConfigurator : MessageDispatcherConfigurator
{
    private readonly VirtualDispatcher _dispatcher;

    public VirtualConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new VirtualDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;

    private sealed class VirtualDispatcher : MessageDispatcher
    {
        private readonly VirtualWorld _world;

        public VirtualDispatcher(MessageDispatcherConfigurator configurator)
            : base(configurator)
        {
            Id = configurator.Config.GetString("id");
            Throughput = configurator.Config.GetInt("throughput");
            _world = VirtualWorld.Of(configurator.Config.GetString("world"));
        }

        protected override void ExecuteTask(IRunnable run) => _world.Add(run);

        protected override void Shutdown()
        {
        }
    }
}

internal sealed class VirtualScheduler : SchedulerBase
{
    private readonly VirtualWorld _world;

    public VirtualScheduler(Config config, ILoggingAdapter log)
        : base(config, log) => _world = VirtualWorld.Of(SchedulerConfig.GetString("akka.scheduler.world"));

    public override TimeSpan MonotonicClock => _world.Now;

    public override TimeSpan HighResMonotonicClock => _world.Now;

    protected override DateTimeOffset TimeNow => DateTimeOffset.UnixEpoch + _world.Now;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        _world.Schedule(delay, null, cancelable, () => receiver.Tell(message, sender));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable cancelable) =>
        _world.Schedule(initialDelay, interval, cancelable, () => receiver.Tell(message, sender));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        _world.Schedule(delay, null, cancelable, action);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        _world.Schedule(delay, null, cancelable, action.Run);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        _world.Schedule(initialDelay, interval, cancelable, action);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        _world.Schedule(initialDelay, interval, cancelable, action.Run);
}
