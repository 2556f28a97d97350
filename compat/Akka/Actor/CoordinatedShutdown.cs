using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

public sealed partial class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Dictionary<string, CoordinatedShutdownPhase> _phases;
    private readonly List<string> _order;
    private readonly Dictionary<string, List<PhaseTask>> _tasks = [];
    private readonly ILoggingAdapter _log;
    private Reason _reason;
    private Task<Done> _running;
    private bool _processExits;

    internal CoordinatedShutdown(ExtendedActorSystem system, Dictionary<string, CoordinatedShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _order = CoordinatedShutdownPhase.InOrder(phases);
        _log = Logging.GetLogger(system, GetType());
    }

    public ExtendedActorSystem System { get; }

    // Null while nothing asked for a shutdown.
    public Reason ShutdownReason => Volatile.Read(ref _reason);

    // Of the phases that have something to do.
    public TimeSpan TotalTimeout
    {
        get
        {
            lock (_tasks)
                return _tasks.Keys.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));
        }
    }

    public static CoordinatedShutdown Get(ActorSystem sys) =>
        sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    public TimeSpan Timeout(string phase) => _phases.TryGetValue(phase, out var known)
        ? known.Timeout
        : throw new ArgumentException($"Phase [{phase}] is not configured.", nameof(phase));

    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_order.Contains(phase))
            throw new ConfigurationException(
                $"Phase [{phase}] is not configured; there are {string.Join(", ", _order)}.");
        lock (_tasks)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add(new PhaseTask(taskName, task));
        }
    }

    // The first call decides; every other one gets the same task.
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        lock (_tasks)
        {
            if (_running == null)
            {
                Volatile.Write(ref _reason, reason);
                _running = RunPhases(fromPhase == null ? _order : _order.SkipWhile(p => p != fromPhase).ToList());
            }

            return _running;
        }
    }

    internal void AddTerminateTask(bool exitProcess)
    {
        var terminate = System.Settings.CoordinatedShutdownTerminateActorSystem;
        if (terminate || exitProcess)
            AddTask(PhaseActorSystemTerminate, "terminate-system", () => Terminate(terminate, exitProcess));
    }

    internal void RunOnProcessExit()
    {
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        System.WhenTerminated.ContinueWith(
            _ => AppDomain.CurrentDomain.ProcessExit -= OnProcessExit, TaskScheduler.Default);
    }

    private async Task<Done> Terminate(bool terminate, bool exitProcess)
    {
        if (terminate)
        {
            var terminated = System.FinalTerminate();
            if (exitProcess)
                await Task.WhenAny(terminated, Task.Delay(Timeout(PhaseActorSystemTerminate))).ConfigureAwait(false);
            else
                await terminated.ConfigureAwait(false);
        }

        if (exitProcess && !Interlocked.Exchange(ref _processExits, true))
            Environment.Exit(0);
        return Done.Instance;
    }

    // When this returns the process is gone, so it waits.
    private void OnProcessExit(object sender, EventArgs e)
    {
        if (System.WhenTerminated.IsCompleted || Interlocked.Exchange(ref _processExits, true))
            return;
        _log.Info("The process ends: starting coordinated shutdown.");
        try
        {
            if (!Run(ClrExitReason.Instance).Wait(TotalTimeout))
                _log.Warning("Coordinated shutdown did not end within {0}", TotalTimeout);
        }
        catch (AggregateException failure)
        {
            _log.Warning("Coordinated shutdown failed: {0}", failure.InnerException?.Message);
        }
    }

    private sealed record PhaseTask(string Name, Func<Task<Done>> Start);
}
