using System.Diagnostics;

namespace Handoff.Examples.Tests;

// An example that serves until it is ended.
internal sealed class RunningExample : IAsyncDisposable
{
    private readonly Process _process;

    private RunningExample(Process process) => _process = process;

    public static RunningExample Start(Type ofIt, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", ExampleProgram.Of(ofIt), .. args])
        {
            RedirectStandardOutput = true,
        };
        return new RunningExample(Process.Start(start)!);
    }

    // The first line that begins so; what follows it is read by nobody, and little.
    public async Task<string> LineAsync(string beginning, TimeSpan patience)
    {
        using var bound = new CancellationTokenSource(patience);
        while (await _process.StandardOutput.ReadLineAsync(bound.Token) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return line;
        }

        throw new EndOfStreamException($"The program ended and had not said '{beginning}'.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
