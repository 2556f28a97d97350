using System.Diagnostics;
using System.Threading.Channels;

namespace Handoff.TwoProcess.Tests.Setup;

/// <summary>A process of the test's: what it says line by line, and its end.</summary>
internal sealed class Child : IAsyncDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(120);
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly List<string> _said = [];

    // A setting without a value is left out.
    public Child(string side, string folder, params IReadOnlyList<(string Variable, object? Value)> settings)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "TwoProcess.Tests.dll"), side, folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // its ports are files that whoever is killed leaves
        foreach (var (variable, value) in settings)
        {
            if (value is not null) start.Environment[variable] = $"{value}";
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data is null ? "" : "! " + line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    // What was not waited for, too, once it has ended.
    public IEnumerable<string> Said
    {
        get
        {
            while (_lines.Reader.TryRead(out var line)) _said.Add(line);
            return _said;
        }
    }

    // The rest of the first line that begins so.
    public async Task<string> SaysAsync(string word)
    {
        using var late = new CancellationTokenSource(Bound);
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(late.Token);
                _said.Add(line);
                if (line == word || line.StartsWith(word + " ", StringComparison.Ordinal))
                    return line[word.Length..].TrimStart();
            }
        }
        catch (Exception end) when (end is ChannelClosedException or OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"It never said '{word}', but: {string.Join(" | ", _said)}", end);
        }
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Bound);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await ExitAsync();
        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null) _lines.Writer.TryComplete();
        else if (line.Length > 0) _lines.Writer.TryWrite(line);
    }
}
