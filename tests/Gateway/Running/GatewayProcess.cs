using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Handoff.Gateway.Tests.Running;

// The gateway as its users run it: a process, its two streams, its signals and its exit code.
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly Lines _error = new();

    private GatewayProcess(string limits, string[] args)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test runner in the background has SIGINT ignored, and its children inherit that.
        var command = $"{limits} exec env --default-signal=INT dotnet exec \"$@\"";
        var gateway = Path.Combine(AppContext.BaseDirectory, "Handoff.Gateway.dll");
        foreach (var arg in (string[])["-c", command, "sh", gateway, .. args]) start.ArgumentList.Add(arg);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _error.Add(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static GatewayProcess Start(params string[] args) => new("", args);

    public static GatewayProcess StartWithDescriptors(int most, params string[] args) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ulimit -n {most};"), args);

    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var process = new GatewayProcess("", args);
        return (await process.ExitCodeAsync(), process._output.ToString(), process._error.ToString());
    }

    // From the lines that the log has for each service.
    public async Task<IPEndPoint> EndPointOf(string service)
    {
        var line = await LogAsync($"listening service={service} address=");
        return IPEndPoint.Parse(Address().Match(line).Groups[1].Value);
    }

    public Task<string> LogAsync(string part) => _error.AwaitAsync(part, Within);

    public Task<string> OutputAsync(string part) => _output.AwaitAsync(part, Within);

    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<int> ExitCodeAsync()
    {
        using var within = new CancellationTokenSource(Within);
        await _process.WaitForExitAsync(within.Token);
        return _process.ExitCode;
    }

    public string Error => _error.ToString();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await ExitCodeAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"address=(\S+)$")]
    private static partial Regex Address();

    private sealed class Lines
    {
        private readonly Lock _gate = new();
        private readonly List<string> _lines = [];
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Add(string? line)
        {
            if (line is null) return;
            lock (_gate)
            {
                _lines.Add(line);
                _more.SetResult();
                _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        public async Task<string> AwaitAsync(string part, TimeSpan within)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    if (_lines.Find(line => line.Contains(part, StringComparison.Ordinal)) is { } found) return found;
                    more = _more.Task;
                }

                try
                {
                    await more.WaitAsync(within);
                }
                catch (TimeoutException)
                {
                    Assert.Fail($"No line has '{part}':\n{this}");
                }
            }
        }

        public override string ToString()
        {
            lock (_gate) return string.Concat(_lines.Select(line => line + "\n"));
        }
    }
}
