using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Passing;

// Descriptors of this process, and counters, which can be told apart.
internal static class OpenDescriptors
{
    // Of the kinds that are passed here: the runtime opens files for itself at any time. What earlier tests left to
    // the finalizer is closed before.
    public static int Count
    {
        get
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return Directory.GetFiles("/proc/self/fd").Count(IsPassed);
        }
    }

    public static SocketDescriptor Event(uint value) =>
        new(SystemCalls.CreateEvent(value, Native.CloseOnExec | Native.NonBlocking));

    private static bool IsPassed(string file) => new FileInfo(file).LinkTarget is { } target
        && (target.StartsWith("socket:", StringComparison.Ordinal)
            || target.StartsWith("/memfd:handoff", StringComparison.Ordinal)
            || target.Contains("pidfd", StringComparison.Ordinal)
            || target == "anon_inode:[eventfd]");

    public static unsafe ulong Read(SocketDescriptor counter)
    {
        ulong value = 0;
        Assert.Equal(sizeof(ulong), SystemCalls.Read(counter.Number, &value, sizeof(ulong)));
        return value;
    }
}
