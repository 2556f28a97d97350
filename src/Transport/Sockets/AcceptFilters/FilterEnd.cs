namespace Handoff.Transport.Sockets.AcceptFilters;

// What became of a connection in a filter.
internal enum FilterEnd
{
    Passed,

    // The filter said so.
    Dropped,

    // The filter could not tell by as many bytes as it may wait for.
    TooLong,

    // The peer had finished before the filter could tell.
    Finished,

    // The peer was reset or lost.
    Lost,

    TimedOut,

    // It was the oldest when there were too many.
    Crowded,

    // The filter threw.
    Threw,

    // The listener is closed.
    Closed,
}
