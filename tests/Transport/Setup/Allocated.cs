namespace Handoff.Transport.Tests.Setup;

// What a thread allocates. A pool keeps a few blocks for each processor, and a thread that is moved to another one
// makes new ones there, once: so the least of several rounds counts.
internal static class Allocated
{
    public const int Rounds = 3;

    /// <summary>Bytes of the round that allocated the least.</summary>
    public static long Least(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
