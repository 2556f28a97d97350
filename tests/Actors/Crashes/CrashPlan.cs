using Handoff.Messages;

namespace Handoff.Actors.Tests.Crashes;

// When an owner crashes and how, and what each of its incarnations was told; outlives them all.
internal sealed class CrashPlan
{
    private readonly Lock _gate = new();
    private readonly Random _random;
    private readonly Queue<long> _at;
    private readonly List<(long Consumed, long Written)> _epochs = [];
    private int _crashes;

    public CrashPlan(int seed, int crashes, long length)
    {
        _random = new Random(seed);
        var at = Enumerable.Range(0, crashes).Select(_ => _random.NextInt64(length)).Order();
        _at = new Queue<long>(at);
    }

    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Crashes of the actor itself.
    public int Crashes
    {
        get
        {
            lock (_gate) return _crashes;
        }
    }

    public IReadOnlyList<(long Consumed, long Written)> Epochs => _epochs;

    // The last two incarnations may both come to the end.
    public void Finish() => Done.TrySetResult();

    public void Crashed()
    {
        lock (_gate) _crashes++;
    }

    public void Began(Acquired acquired)
    {
        lock (_gate) _epochs.Add((acquired.Consumed, acquired.Written));
    }

    public int Next(int most)
    {
        lock (_gate) return _random.Next(1, most + 1);
    }

    // Whether to crash while what ends at this position is being dealt with, and where: each crash is for one asker.
    public CrashPoint Take(long end)
    {
        lock (_gate)
        {
            if (!_at.TryPeek(out var at) || at >= end) return CrashPoint.None;
            _at.Dequeue();
            return (CrashPoint)_random.Next(1, Enum.GetValues<CrashPoint>().Length);
        }
    }

    // Whether to crash at the end: two of the last crashes may have been due in one piece.
    public bool TakeRest()
    {
        lock (_gate) return _at.TryDequeue(out _);
    }
}
