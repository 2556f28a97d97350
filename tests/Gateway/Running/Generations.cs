using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Handoff.Gateway.Tests.Running;

// A gateway with a control socket of its own, and its next versions. They are each other's children and have one pair
// of streams: what is asked of the first is answered by whoever runs.
internal sealed partial class Generations : IAsyncDisposable
{
    private readonly ConfFile _file;
    private readonly GatewayProcess _first;
    private readonly List<int> _processes = [];

    private Generations(ConfFile file, GatewayProcess first)
    {
        _file = file;
        _first = first;
    }

    public string Log => _first.Error;

    // The one that runs now.
    public int Current => _processes[^1];

    public string ConfigPath => _file.Path;

    public static Generations Start(params string[] blocks)
    {
        var file = new ConfFile([.. blocks, "gateway.control.name = control"]);
        File.AppendAllText(file.Path, $"handoff.processes.directory = \"{file.Folder}/run\"\n");
        var first = GatewayProcess.Start("--config", file.Path);
        return new Generations(file, first) { _processes = { first.ProcessId } };
    }

    public Task<IPEndPoint> EndPointOf(string service) => _first.EndPointOf(service);

    // The first line with the part, behind as many others.
    public Task<string> LogAsync(string part, int skip = 0) => _first.LogAsync(part, skip);

    // The command as a user gives it; the process that runs then is the last one.
    public async Task<(int ExitCode, string Output, string Error)> TryUpgradeAsync(params string[] args)
    {
        var result = await GatewayProcess.RunAsync(["upgrade", "--config", _file.Path, .. args]);
        var moved = Moved().Match(result.Output);
        if (moved.Success) _processes.Add(int.Parse(moved.Groups[1].Value, CultureInfo.InvariantCulture));
        return result;
    }

    public async Task<string> UpgradeAsync()
    {
        var (exitCode, output, error) = await TryUpgradeAsync();
        Assert.True(exitCode == 0, $"exit code {exitCode}\n{output}\n{error}\n{Log}");
        return output;
    }

    public async ValueTask DisposeAsync()
    {
        // Also one that a failed test knows nothing of: it would keep the streams open.
        var all = Directory.GetDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
            .Select(name => int.Parse(name!, CultureInfo.InvariantCulture));
        foreach (var process in all.Where(IsGateway)) Kill(process);
        await _first.DisposeAsync();
        _file.Dispose();
    }

    public bool IsGateway(int process)
    {
        var commandLine = $"/proc/{process}/cmdline";
        try
        {
            return File.ReadAllText(commandLine).Contains(_file.Path, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Without those of assemblies, which the runtime loads when they are needed first.
    public static int OpenDescriptors(int process) =>
        new DirectoryInfo($"/proc/{process}/fd").EnumerateFiles().Count(IsNoAssembly);

    private static bool IsNoAssembly(FileInfo descriptor)
    {
        try
        {
            return descriptor.LinkTarget?.EndsWith(".dll", StringComparison.Ordinal) is false;
        }
        catch (IOException)
        {
            return false; // closed meanwhile
        }
    }

    private static void Kill(int process)
    {
        try
        {
            using var running = System.Diagnostics.Process.GetProcessById(process);
            running.Kill();
        }
        catch (ArgumentException)
        {
            // It has ended meanwhile.
        }
    }

    [GeneratedRegex(@"^moved \d+ listeners and \d+ connections to process (\d+) in ", RegexOptions.Multiline)]
    private static partial Regex Moved();
}
