using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Gateway.Tests.Running;

// The gateway as its users run it: a process, its two streams, its signals and its exit code.
internal sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Lines _output = new();
    private readonly Lines _error = new();

    private GatewayProcess(string limits, string[] args, string shell = "/bin/sh")
    {
        var start = new ProcessStartInfo(shell)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // its ports are files that whoever is killed leaves

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

    public static GatewayProcess StartBy(string manager, params string[] args) =>
        new($"export NOTIFY_SOCKET={manager};", args);

    // With these sockets from descriptor 3 on, as systemd does it; they stay the caller's.
    public static GatewayProcess StartBy(
        string manager, IReadOnlyList<(string Name, int Number)> sockets, params string[] args)
    {
        var places = string.Concat(sockets.Select((socket, i) => $"exec {3 + i}<&{socket.Number}-; "));
        var names = string.Join(':', sockets.Select(socket => socket.Name));
        var variables = $"LISTEN_PID=$$ LISTEN_FDS={sockets.Count} LISTEN_FDNAMES='{names}' NOTIFY_SOCKET={manager}";
        foreach (var (_, number) in sockets) SystemCalls.Control(number, Native.SetDescriptorFlags, 0);
        try
        {
            return new($"{places}export {variables};", args, shell: "/bin/bash");
        }
        finally
        {
            foreach (var (_, number) in sockets)
                SystemCalls.Control(number, Native.SetDescriptorFlags, Native.ClosedOnExec);
        }
    }

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

    public Task<string> LogAsync(string part, int skip = 0) => _error.AwaitAsync(part, Within, skip);

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

    public int ProcessId => _process.Id;

    public string Error => _error.ToString();

    // Open in the process now.
    public int Descriptors() => Directory.GetFileSystemEntries($"/proc/{_process.Id}/fd").Length;

    // Of any of its threads, those that ended and are not reaped too.
    public IReadOnlyList<string> Children()
    {
        while (true)
        {
            try
            {
                return
                [
                    .. Directory.GetDirectories($"/proc/{_process.Id}/task")
                        .SelectMany(thread => File.ReadAllText(Path.Combine(thread, "children"))
                            .Split(' ', StringSplitOptions.RemoveEmptyEntries)),
                ];
            }
            catch (IOException) when (!_process.HasExited)
            {
                // A thread has ended meanwhile, and its children are another's.
            }
        }
    }

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

        public async Task<string> AwaitAsync(string part, TimeSpan within, int skip = 0)
        {
            while (true)
            {
                Task more;
                lock (_gate)
                {
                    var found = _lines.Where(line => line.Contains(part, StringComparison.Ordinal)).Skip(skip);
                    if (found.FirstOrDefault() is { } line) return line;
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
