using System.Collections.Immutable;
using Handoff.Transport;

namespace Handoff.Streams;

/// <summary>How many releases ended how.</summary>
/// <param name="Released">Sockets that their targets have.</param>
/// <param name="Failed">Sockets that nobody acquired, by the code.</param>
public sealed record ReleaseTotals(long Released, ImmutableSortedDictionary<ResultCode, long> Failed)
{
    internal static ReleaseTotals None { get; } = new(0, ImmutableSortedDictionary<ResultCode, long>.Empty);

    internal ReleaseTotals With(ReleaseReport report) => report.Result.IsSuccess
        ? this with { Released = Released + 1 }
        : this with { Failed = Failed.SetItem(report.Result.Code, Failed.GetValueOrDefault(report.Result.Code) + 1) };
}
