namespace Handoff.Campaign.Tests.Running;

// Many seeds, on as many threads as asked for. It stops after a few failures: one is enough to look at.
internal sealed class Campaign(int from, int seeds, int workers, Func<Defect>? mutant = null)
{
    private const int MostFailures = 5;

    private readonly Lock _gate = new();
    private readonly List<Verdict> _failures = [];
    private int _next;
    private int _played;

    public int Played => _played;

    public IReadOnlyList<Verdict> Run(Progress? progress = null, CancellationToken stop = default)
    {
        var threads = Enumerable.Range(0, workers).Select(_ => Begin(progress, stop)).ToArray();
        Task.WaitAll(threads, CancellationToken.None);
        lock (_gate) return [.. _failures.OrderBy(failure => failure.Seed)];
    }

    private Task Begin(Progress? progress, CancellationToken stop) => Task.Factory.StartNew(
        () => Work(progress, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private void Work(Progress? progress, CancellationToken stop)
    {
        using var stage = new Stage();
        while (!stop.IsCancellationRequested && Take() is { } seed)
        {
            var verdict = stage.Play(seed, mutant: mutant);
            Interlocked.Increment(ref _played);
            if (verdict.IsFailure)
            {
                lock (_gate) _failures.Add(verdict);
            }

            progress?.Played(verdict);
        }
    }

    private int? Take()
    {
        lock (_gate)
        {
            if (_failures.Count >= MostFailures) return null;
        }

        var index = Interlocked.Increment(ref _next) - 1;
        return index < seeds ? from + index : null;
    }
}
