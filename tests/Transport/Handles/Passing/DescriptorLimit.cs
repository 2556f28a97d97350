using System.Runtime.InteropServices;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Passing;

// The soft limit of this process (setrlimit(2)), lowered until it is disposed.
internal sealed unsafe partial class DescriptorLimit : IDisposable
{
    private readonly nuint _soft;
    private readonly nuint _hard;

    private DescriptorLimit(int limit)
    {
        var limits = stackalloc nuint[4];
        Assert.Equal(0, SystemCalls.GetLimit(Native.OpenFiles, limits));
        (_soft, _hard) = (limits[0], limits[1]);
        limits[0] = (nuint)limit;
        Assert.Equal(0, SetLimit(Native.OpenFiles, limits));
    }

    public static DescriptorLimit Lowered(int to) => new(to);

    public void Dispose()
    {
        var limits = stackalloc nuint[] { _soft, _hard, 0, 0 };
        Assert.Equal(0, SetLimit(Native.OpenFiles, limits));
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, nuint* limits);
}
