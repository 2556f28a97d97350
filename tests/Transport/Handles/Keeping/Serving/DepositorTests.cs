using System.Diagnostics;
using Handoff.Transport.Engine.Linux;
using Handoff.Transport.Handles.Keeping.Serving;
using Handoff.Transport.Tests.Engine.Linux;

namespace Handoff.Transport.Tests.Handles.Keeping.Serving;

public sealed class DepositorTests
{
    [Fact]
    public async Task A_process_is_known_by_when_it_began_and_its_end_is_told()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var child = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        var began = DepositorProcess.StartOf(child.Id)!.Value;
        Assert.Null(DepositorProcess.Numbered(child.Id, began + 1));
        using var descriptor = DepositorProcess.Numbered(child.Id, began);
        using var process = DepositorProcess.Watch(engine, descriptor!, child.Id, began);
        var ended = process.EndAsync();
        Assert.Equal((false, false), (process.IsOver, ended.IsCompleted));
        child.Kill();
        await ended.WaitAsync(Loopback.Bound);
        Assert.True(process.IsOver);
        await child.WaitForExitAsync();
        Assert.Null(DepositorProcess.StartOf(child.Id));
        Assert.Null(DepositorProcess.Numbered(child.Id, began));
    }

    [Fact]
    public async Task Who_waits_for_the_end_of_a_process_hears_when_it_is_watched_no_more()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var own = DepositorProcess.Numbered(
            Environment.ProcessId, DepositorProcess.StartOf(Environment.ProcessId)!.Value);
        var process = DepositorProcess.Watch(engine, own!, Environment.ProcessId, 0);
        var ended = process.EndAsync();
        process.Dispose();
        await ended.WaitAsync(Loopback.Bound);
        Assert.False(process.IsOver);
    }

    [Fact]
    public async Task So_many_processes_have_room()
    {
        await using var engine = new LinuxEngine(new LinuxEngineOptions { Loops = 1 });
        using var process = DepositorProcess.Watch(engine, DepositorProcess.Numbered(
            Environment.ProcessId, DepositorProcess.StartOf(Environment.ProcessId)!.Value)!, 1, 1);
        using var end = new CancellationTokenSource();
        var all = new Depositors();
        var (one, other) = (new Depositor("a", process), new Depositor("b", process));
        Assert.True(all.TryAdd(one, end, 1));
        Assert.False(all.TryAdd(other, end, 1));
        all.Remove(one);
        Assert.True(all.TryAdd(other, end, 1));
    }
}
