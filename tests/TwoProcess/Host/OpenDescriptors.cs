namespace Handoff.TwoProcess.Tests.Host;

// Descriptors of this process of the kinds that are passed: the runtime opens files for itself at any time.
internal static class OpenDescriptors
{
    public static int Count => Directory.GetFiles("/proc/self/fd").Count(IsPassed);

    private static bool IsPassed(string file) => new FileInfo(file).LinkTarget is { } target
        && (target.StartsWith("socket:", StringComparison.Ordinal)
            || target.StartsWith("/memfd:handoff", StringComparison.Ordinal)
            || target == "anon_inode:[eventfd]");
}
