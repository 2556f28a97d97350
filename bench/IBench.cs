using Handoff.Bench.Measuring;

namespace Handoff.Bench;

internal interface IBench
{
    string Name { get; }

    Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop);
}
