using Handoff.Transport.Sctp.Kernel;

namespace Handoff.Actors.Tests;

// Needs the kernel's SCTP. Where it is not there the test is skipped with the reason; where HANDOFF_REQUIRES names
// kernel-sctp (its names are separated by commas) it runs, and fails.
[AttributeUsage(AttributeTargets.Method)]
internal sealed class KernelSctpFactAttribute : FactAttribute
{
    public KernelSctpFactAttribute()
    {
        var required = Environment.GetEnvironmentVariable("HANDOFF_REQUIRES") ?? "";
        if (!required.Split(',', StringSplitOptions.TrimEntries).Contains("kernel-sctp")) Skip = KernelSctp.Missing;
    }
}
