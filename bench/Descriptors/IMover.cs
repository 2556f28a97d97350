namespace Handoff.Bench.Descriptors;

// Moves connections to another process, which has them when the task ends.
internal interface IMover : IAsyncDisposable
{
    // As many at once; when nobody used them any more, by the stopwatch.
    ValueTask<long> MoveAsync(Connections connections, int count);
}
