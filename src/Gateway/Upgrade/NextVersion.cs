using System.Diagnostics;

namespace Handoff.Gateway.Upgrade;

// The process that is to take over. It has our standard streams; what it inherits beside them comes by the handoff
// alone.
internal sealed class NextVersion : IDisposable
{
    private readonly Process _process;

    private NextVersion(Process process) => (_process, ProcessId) = (process, process.Id);

    public int ProcessId { get; }

    // It throws what Process.Start throws.
    public static NextVersion Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { UseShellExecute = false };
        foreach (var argument in command.Skip(1)) start.ArgumentList.Add(argument);
        return new NextVersion(Process.Start(start)!);
    }

    // Its exit code, once it has ended and is reaped.
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    // It has taken nothing over, so that nothing is lost by it.
    public void Kill() => _process.Kill();

    // It goes on by itself.
    public void Dispose() => _process.Dispose();
}
