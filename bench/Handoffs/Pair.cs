using System.Diagnostics;
using Handoff.Bench.Measuring;

namespace Handoff.Bench.Handoffs;

// Two actors that throw one socket to and fro. Only whoever holds the socket touches the counts, and the next holder
// has it by a message, which orders their accesses.
internal sealed class Pair
{
    private volatile TaskCompletionSource _atRest = Rested();
    private volatile bool _isPlaying;
    private long _thrownAt;

    public Histogram Durations { get; } = new();

    // Completes when nobody throws any more; fails if a throw did.
    public Task AtRest => _atRest.Task;

    // Before the holder is told to throw.
    public void Begin()
    {
        Durations.Clear();
        _atRest = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _isPlaying = true;
    }

    // Whoever holds the socket next keeps it.
    public void Stop() => _isPlaying = false;

    public void Throwing() => _thrownAt = Stopwatch.GetTimestamp();

    // True if the catcher is to throw on.
    public bool Caught()
    {
        Durations.Add(Stopwatch.GetTimestamp() - _thrownAt);
        if (_isPlaying) return true;
        _atRest.TrySetResult();
        return false;
    }

    public void Fail(object why) => _atRest.TrySetException(new BenchFailedException($"A handoff failed: {why}"));

    private static TaskCompletionSource Rested()
    {
        var rested = new TaskCompletionSource();
        rested.SetResult();
        return rested;
    }
}
