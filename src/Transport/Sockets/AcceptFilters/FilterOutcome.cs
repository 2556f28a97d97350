namespace Handoff.Transport.Sockets.AcceptFilters;

// How filtering ended, and what the filter threw if it did.
internal sealed record FilterOutcome(FilterEnd End, SocketResult Result, Exception? Defect = null)
{
    public static FilterOutcome Passed { get; } = new(FilterEnd.Passed, SocketResult.Success);
}
