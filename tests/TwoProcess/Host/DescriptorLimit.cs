using System.Globalization;
using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.TwoProcess.Tests.Host;

// The soft limit of this process (setrlimit(2)), lowered until it is disposed.
internal sealed unsafe partial class DescriptorLimit : IDisposable
{
    private readonly nuint _soft;
    private readonly nuint _hard;

    private DescriptorLimit(int limit)
    {
        var limits = stackalloc nuint[4];
        if (SystemCalls.GetLimit(Native.OpenFiles, limits) != 0) throw new InvalidOperationException("getrlimit");
        (_soft, _hard) = (limits[0], limits[1]);
        Set((nuint)limit, _hard);
    }

    // Of the numbers below the limit so many are free.
    public static DescriptorLimit Leaving(int free)
    {
        var used = Directory.GetFiles("/proc/self/fd")
            .Select(file => int.Parse(Path.GetFileName(file), CultureInfo.InvariantCulture)).ToHashSet();
        var limit = 0;
        for (var left = free; left > 0 || used.Contains(limit); limit++)
        {
            if (!used.Contains(limit)) left--;
        }

        return new DescriptorLimit(limit);
    }

    public void Dispose() => Set(_soft, _hard);

    private static void Set(nuint soft, nuint hard)
    {
        var limits = stackalloc nuint[] { soft, hard, 0, 0 };
        if (SetLimit(Native.OpenFiles, limits) != 0) throw new InvalidOperationException("setrlimit");
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, nuint* limits);
}
