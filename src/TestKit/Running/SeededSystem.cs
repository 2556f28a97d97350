using System.IO.Pipelines;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Handoff.TestKit.Running;

/// <summary>
/// An actor system with Handoff in which everything runs on the thread of the test, step by step: actors, timers, what
/// awaits, and what pipes resume. The seed draws each next step, and time is virtual, so that a run is replayed by its
/// seed. One system serves any number of runs. For one thread at a time, except where said otherwise.
/// </summary>
public sealed class SeededSystem : IDisposable
{
    internal const long DefaultMaxSteps = 10_000_000;

    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(1);

    private readonly SeededQueue _queue;

    private SeededSystem(SeededQueue queue, ActorSystem system)
    {
        _queue = queue;
        Actors = system;
        PipeScheduler = new SeededPipeScheduler(queue);
        Handoff = HandoffExtension.For(system);
        var log = queue.Log;
        var logger = system.ActorOf(Props.Create(() => new ErrorLogger(log)), "seeded-log");
        system.EventStream.Subscribe(logger, typeof(LogEvent));
    }

    /// <summary>The actor system.</summary>
    public ActorSystem Actors { get; }

    /// <summary>Its sockets.</summary>
    public HandoffExtension Handoff { get; }

    /// <summary>Its time; the actors' scheduler runs by it too.</summary>
    public VirtualClock Clock => _queue.Clock;

    /// <summary>For connections, networks and pipes: what they resume is a step of the run.</summary>
    public PipeScheduler PipeScheduler { get; }

    /// <summary>For async code that is no actor: what it awaits goes on as a step of the run.</summary>
    public SynchronizationContext Context => _queue.Context;

    /// <summary>The seed of this run.</summary>
    public int Seed { get; private set; }

    /// <summary>Steps since the last reset. The same seed has the same number.</summary>
    public long Steps => _queue.Steps;

    /// <summary>Steps that may follow one another before <see cref="RunUntilIdle"/> says that there is no end;
    /// 10 million by default.</summary>
    public long MaxSteps
    {
        get => _queue.MaxSteps;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _queue.MaxSteps = value;
        }
    }

    /// <summary>
    /// Whether other threads may bring work, as the sockets of the operating system do. No seed replays that, so it is
    /// false by default, and then such work is an error that the next step throws.
    /// </summary>
    public bool MayComeFromOutside
    {
        get => _queue.MayComeFromOutside;
        set => _queue.MayComeFromOutside = value;
    }

    /// <summary>What Akka logged in this run, errors by default; at most 256.</summary>
    public IReadOnlyList<LogEvent> Logged => _queue.Log.Events;

    /// <summary>Starts a system, with seed 0.</summary>
    /// <param name="config">Goes before the configuration that makes the system a seeded one; may be null.</param>
    /// <exception cref="TimeoutException">It did not start within 30 s.</exception>
    public static SeededSystem Create(Config? config = null)
    {
        var queue = new SeededQueue();
        var all = Configuration(queue.Id);
        if (config is not null) all = config.WithFallback(all);
        // Whoever makes a system waits for its loggers, which are actors.
        var creating = Task.Factory.StartNew(
            () => ActorSystem.Create("seeded", all),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        Await(queue, creating);
        var system = new SeededSystem(queue, creating.GetAwaiter().GetResult());
        system.RunUntilIdle();
        system.MayComeFromOutside = false;
        system.Reset(0);
        return system;
    }

    /// <summary>
    /// Begins a new run: runs what can still run, forgets all timers, sets the clock back and draws from the seed from
    /// here on. The calling thread is the one that runs it. Actors and sockets of the last run are the caller's to
    /// stop before.
    /// </summary>
    /// <param name="seed">Any number.</param>
    public void Reset(int seed)
    {
        RunUntilIdle();
        _queue.Log.Clear();
        _queue.Reset(seed);
        Seed = seed;
    }

    /// <summary>Runs the one step that the seed draws among those that can run.</summary>
    /// <returns>False if nothing can run before time passes.</returns>
    public bool Step() => _queue.Step();

    /// <summary>Runs until nothing is left that needs no time to pass.</summary>
    /// <returns>How many steps there were.</returns>
    /// <exception cref="InvalidOperationException">
    /// There is no end within <see cref="MaxSteps"/>, or another thread takes part.
    /// </exception>
    public long RunUntilIdle() => _queue.RunUntilIdle();

    /// <summary>Lets time pass, from one due time to the next; see <see cref="VirtualClock.Advance"/>.</summary>
    /// <param name="by">How much; not negative.</param>
    public void Advance(TimeSpan by) => Clock.Advance(by);

    /// <summary>Goes to the next due time; see <see cref="VirtualClock.AdvanceToNext"/>.</summary>
    public bool AdvanceToNext() => Clock.AdvanceToNext();

    /// <summary>Begins code that awaits; its first step comes when the seed draws it.</summary>
    /// <param name="code">What to run, on <see cref="Context"/>.</param>
    /// <returns>Its end.</returns>
    public Task Begin(Func<Task> code)
    {
        ArgumentNullException.ThrowIfNull(code);
        var ended = new TaskCompletionSource<Task>();
        Context.Post(_ => ended.SetResult(Started(code)), null);
        return ended.Task.Unwrap();
    }

    /// <summary>
    /// Waits for work that other threads bring, and runs until nothing is left; see <see cref="MayComeFromOutside"/>.
    /// </summary>
    /// <param name="within">How long to wait, by the wall clock.</param>
    /// <returns>False if none came.</returns>
    public bool AwaitOutside(TimeSpan within)
    {
        var came = _queue.AwaitOutside(within);
        RunUntilIdle();
        return came;
    }

    /// <summary>Ends the actor system.</summary>
    /// <exception cref="TimeoutException">It did not end within 30 s.</exception>
    public void Dispose()
    {
        MayComeFromOutside = true;
        Await(_queue, Actors.Terminate());
        _queue.Dispose();
    }

    private static Task Started(Func<Task> code)
    {
        try
        {
            return code();
        }
        catch (Exception failure)
        {
            return Task.FromException(failure);
        }
    }

    // Akka starts and ends its systems with the help of other threads.
    private static void Await(SeededQueue queue, Task done)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (!done.IsCompleted)
        {
            if (queue.RunUntilIdle() > 0 || queue.AwaitOutside(Glance)) continue;
            if (TimeProvider.System.GetElapsedTime(since) > LongestStart)
                throw new TimeoutException($"The actor system did not come to it within {LongestStart}.");
        }
    }

    private static Config Configuration(string id) => ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = ERROR
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          loggers = []
          scheduler {
            implementation = "{{NameOf(typeof(VirtualScheduler))}}"
            seeded-run = "{{id}}"
          }
          actor {
            default-dispatcher {
              type = "{{NameOf(typeof(SeededDispatcherConfigurator))}}"
              throughput = 1
              seeded-run = "{{id}}"
            }
            internal-dispatcher {
              type = "{{NameOf(typeof(SeededDispatcherConfigurator))}}"
              throughput = 1
              seeded-run = "{{id}}"
            }
          }
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        handoff.engine = portable
        """);

    private static string NameOf(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
