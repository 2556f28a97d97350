namespace Akka.Streams.Implementation.Stages;

internal static class DeadlineCheck
{
    private const int ChecksPerTimeout = 8;

    private static readonly TimeSpan Most = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(1);

    // Often enough that a time-out is not late by much.
    public static TimeSpan Every(TimeSpan timeout)
    {
        var often = timeout / ChecksPerTimeout;
        return often > Most ? Most : often < Least ? Least : often;
    }
}
