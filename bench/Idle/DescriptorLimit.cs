using System.Globalization;

namespace Handoff.Bench.Idle;

// RLIMIT_NOFILE, which holds for the client and for a server alike.
internal static class DescriptorLimit
{
    // The runtime's own files, and what has not been closed yet.
    private const int Reserve = 256;
    private const string Limits = "/proc/self/limits";

    public static void Demand(int connections)
    {
        if (!File.Exists(Limits)) return;
        var line = File.ReadLines(Limits).First(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        var soft = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        if (int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) && limit < connections + Reserve)
        {
            throw new BenchFailedException(
                $"{connections} connections need {connections + Reserve} descriptors; "
                + $"the limit is {limit} (ulimit -n).");
        }
    }
}
