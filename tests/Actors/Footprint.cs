namespace Handoff.Actors.Tests;

// What the process holds once nothing moves: bytes that a collection leaves, and sockets.
internal readonly record struct Footprint(long Heap, int Sockets)
{
    public static Footprint Measure()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return new(GC.GetTotalMemory(forceFullCollection: true), Directory.GetFiles("/proc/self/fd").Count(IsSocket));
    }

    // The runtime opens files and pipes of its own while it runs; what we could leak is a socket.
    private static bool IsSocket(string descriptor) =>
        new FileInfo(descriptor).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) is true;
}
