using System.Diagnostics;
using System.Globalization;

namespace Handoff.Bench.Servers;

// A bench in a process of its own, asked line by line. It ends when it is disposed, and when its input does.
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan QuitWithin = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly string _name;

    private ChildProcess(Process process, string name)
    {
        _process = process;
        _name = name;
    }

    public static string OwnAssembly => typeof(ChildProcess).Assembly.Location;

    public static ChildProcess Start(string assembly, params IReadOnlyList<string> args)
    {
        var start = new ProcessStartInfo(Dotnet())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var arg in (string[])["exec", assembly, .. args]) start.ArgumentList.Add(arg);

        // What makes our client cheap must not make a server so.
        start.Environment.Remove(InlineCompletions.Variable);
        return new ChildProcess(Process.Start(start)!, string.Join(' ', args));
    }

    public async Task<string> LineAsync(CancellationToken stop)
    {
        using var within = CancellationTokenSource.CreateLinkedTokenSource(stop);
        within.CancelAfter(AnswerWithin);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(within.Token)
                ?? throw new BenchFailedException($"The process '{_name}' ended.");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new BenchFailedException($"The process '{_name}' did not answer within {AnswerWithin}.");
        }
    }

    public Task TellAsync(string line, CancellationToken stop) =>
        _process.StandardInput.WriteLineAsync(line.AsMemory(), stop);

    public async Task<double> AskAsync(string question, CancellationToken stop)
    {
        await TellAsync(question, stop);
        var answer = await LineAsync(stop);
        return double.TryParse(answer, CultureInfo.InvariantCulture, out var figure)
            ? figure
            : throw new BenchFailedException($"The process '{_name}' answered '{question}' with: {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(ServerLoop.Quit);
            await _process.WaitForExitAsync().WaitAsync(QuitWithin);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private static string Dotnet() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
