using System.Diagnostics;

namespace Handoff.Examples.Tests;

// A client that is not .NET's, where it is installed.
internal static class Tool
{
    // Where HANDOFF_REQUIRES names it, it runs whether it is there or not, and fails.
    public static string? WhyNot(string name)
    {
        var required = (Environment.GetEnvironmentVariable("HANDOFF_REQUIRES") ?? "").Split(',');
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var isThere = path.Any(folder => File.Exists(Path.Combine(folder, name)));
        return isThere || required.Contains(name) ? null : $"{name} is not installed";
    }

    // What it printed. It is ended, with all that it has started, if it does not end in time.
    public static async Task<string> RunAsync(string name, TimeSpan within, params string[] args)
    {
        var start = new ProcessStartInfo(name, args) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var bound = new CancellationTokenSource(within);
        try
        {
            var error = process.StandardError.ReadToEndAsync(bound.Token);
            var output = await process.StandardOutput.ReadToEndAsync(bound.Token);
            await process.WaitForExitAsync(bound.Token);
            Assert.True(process.ExitCode == 0, $"{name} ended with {process.ExitCode}: {await error}");
            return output;
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }
}
