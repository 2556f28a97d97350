namespace Handoff.Messages;

/// <summary>
/// What the accept filters of a listener have done since it listens. The counts but for <paramref name="Waiting"/>
/// only rise; all but <paramref name="Passed"/> are connections that the acceptor never heard of.
/// </summary>
/// <param name="Filter">The name of the filter that it has now; null if it has none.</param>
/// <param name="Waiting">Connections that the acceptor is not shown yet.</param>
/// <param name="Passed">Connections that a filter let pass.</param>
/// <param name="Dropped">Connections that a filter dropped.</param>
/// <param name="TooLong">The filter could not tell by <c>handoff.accept-filter.max-bytes</c>.</param>
/// <param name="Finished">The peer finished before the filter could tell.</param>
/// <param name="Lost">The peer was reset or lost.</param>
/// <param name="TimedOut">The filter could not tell inside <c>handoff.accept-filter.timeout</c>.</param>
/// <param name="Crowded">The oldest ones, dropped when there were too many.</param>
/// <param name="Threw">The filter threw.</param>
/// <param name="Closed">The listener was closed.</param>
public sealed record AcceptFilterStatus(
    string? Filter,
    int Waiting,
    long Passed,
    long Dropped,
    long TooLong,
    long Finished,
    long Lost,
    long TimedOut,
    long Crowded,
    long Threw,
    long Closed);
