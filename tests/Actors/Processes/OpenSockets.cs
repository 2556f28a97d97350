namespace Handoff.Actors.Tests.Processes;

// Descriptors of this process that a move could leave behind: sockets and tokens. The runtime opens others as it
// likes.
internal static class OpenSockets
{
    public static int Count() => Targets().Count(target =>
        target.StartsWith("socket:", StringComparison.Ordinal)
        || target.EndsWith("[eventfd]", StringComparison.Ordinal));

    // What each of them is.
    public static IReadOnlyList<string> Targets() =>
        [.. Directory.GetFileSystemEntries("/proc/self/fd").Select(TargetOf).OfType<string>()];

    private static string? TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null; // closed meanwhile
        }
    }
}
