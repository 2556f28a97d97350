using System.Diagnostics;

namespace Handoff.Bench.Tests.Running;

internal static class BenchProcess
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        var bench = Path.Combine(AppContext.BaseDirectory, "Handoff.Bench.dll");
        foreach (var arg in (string[])["exec", bench, .. args]) start.ArgumentList.Add(arg);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Within);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
