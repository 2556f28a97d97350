using System.Globalization;

namespace Handoff.Bench.Servers;

// The process of a server: says its port, then answers a line with a line until it is told to quit, or until whoever
// started it is gone.
internal static class ServerLoop
{
    public const string Cpu = "cpu";
    public const string Connections = "connections";
    public const string Managed = "managed";
    public const string Resident = "resident";
    public const string Quit = "quit";

    public static async Task<int> RunAsync(string kind, string engine, TextReader input, TextWriter output)
    {
        await using var server = await ServerKind.StartAsync(kind, engine);
        await output.WriteLineAsync(server.Port.ToString(CultureInfo.InvariantCulture));
        while (await input.ReadLineAsync() is { } question and not Quit)
        {
            var answer = Answer(server, question);
            await output.WriteLineAsync(answer.ToString(CultureInfo.InvariantCulture));
        }

        return ExitCode.Done;
    }

    private static double Answer(IServer server, string question) => question switch
    {
        Cpu => Environment.CpuUsage.TotalTime.TotalMicroseconds,
        Connections => server.Connections,
        Managed => ManagedBytes(),
        Resident => Environment.WorkingSet,
        _ => throw new ArgumentException($"There is no answer to '{question}'.", nameof(question)),
    };

    // Aggressively, so that the heap gives back what a burst of accepts took and connections do not need.
    private static long ManagedBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
