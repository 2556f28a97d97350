using System.Collections.Concurrent;

namespace Handoff.TestKit.Running;

// All that can run in a seeded system. The seed draws what comes next.
internal sealed class SeededQueue : IDisposable
{
    public const string SchedulerKey = "akka.scheduler.seeded-run";
    public const string DispatcherKey = "seeded-run";

    private static readonly ConcurrentDictionary<string, SeededQueue> All = new();

    private readonly Lock _gate = new();
    private readonly List<Work> _ready = [];
    private readonly ManualResetEventSlim _arrived = new();
    private readonly SeededContext _context;
    private Random _random = new(0);
    private int _thread;
    private string? _stranger;
    private bool _isStepping;

    public SeededQueue()
    {
        _context = new SeededContext(this);
        Clock = VirtualClock.For(this);
        All[Id] = this;
    }

    public string Id { get; } = Guid.NewGuid().ToString("N");

    public VirtualClock Clock { get; }

    public SeededContext Context => _context;

    public EventLog Log { get; } = new();

    public long Steps { get; private set; }

    public long MaxSteps { get; set; } = SeededSystem.DefaultMaxSteps;

    // Whether other threads may bring work: while a system starts and ends, and where sockets are the system's own.
    public bool MayComeFromOutside { get; set; } = true;

    public static SeededQueue? Find(string? id) =>
        id is not null && All.TryGetValue(id, out var queue) ? queue : null;

    public static SeededQueue Of(string? id) =>
        Find(id) ?? throw new InvalidOperationException($"{DispatcherKey} is '{id}', and there is no such run.");

    // The thread that resets is the one that steps.
    public void Reset(int seed)
    {
        lock (_gate)
        {
            _random = new Random(seed);
            _thread = Environment.CurrentManagedThreadId;
            _stranger = null;
            Steps = 0;
        }

        Clock.Reset();
    }

    public void Add(Work work)
    {
        var isStrange = Environment.CurrentManagedThreadId != _thread;
        lock (_gate)
        {
            _ready.Add(work);
            if (isStrange && !MayComeFromOutside) _stranger ??= Environment.StackTrace;
        }

        if (isStrange) _arrived.Set();
    }

    public long RunUntilIdle()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var first = Steps;
            while (TryStep())
            {
                if (Steps - first < MaxSteps) continue;
                throw new InvalidOperationException($"It did not come to rest within {MaxSteps} steps.");
            }

            return Steps - first;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    public bool Step()
    {
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return TryStep();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    // True if there may be something by now; false if the bound has passed.
    public bool AwaitOutside(TimeSpan within)
    {
        if (!_arrived.Wait(within)) return false;
        _arrived.Reset();
        return true;
    }

    public void Dispose()
    {
        All.TryRemove(Id, out _);
        _arrived.Dispose();
    }

    private bool TryStep()
    {
        while (Clock.TakeDue() is { } due) Add(new Work(due, null));
        if (_isStepping) throw new InvalidOperationException("A step cannot run another one.");
        if (!TryDraw(out var work)) return false;
        Steps++;
        _isStepping = true;
        try
        {
            work.Run(_context);
        }
        finally
        {
            _isStepping = false;
        }

        return true;
    }

    private bool TryDraw(out Work work)
    {
        lock (_gate)
        {
            if (_stranger is { } trace)
            {
                _stranger = null;
                throw new InvalidOperationException(
                    $"Another thread takes part, so no seed can replay this:\n{trace}");
            }

            if (_ready.Count == 0)
            {
                work = default;
                return false;
            }

            var drawn = _random.Next(_ready.Count);
            work = _ready[drawn];
            _ready[drawn] = _ready[^1];
            _ready.RemoveAt(_ready.Count - 1);
            return true;
        }
    }
}
