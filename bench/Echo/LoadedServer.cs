using System.Diagnostics;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Echo;

// What a server does under a load, for a while.
internal static class LoadedServer
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);

    // Others: connections of somebody else that the server has and keeps.
    public static async Task<Dictionary<Quantity, double>> MeasureAsync(
        ServerProcess server, EchoCase each, TimeSpan window, int others, CancellationToken stop)
    {
        var load = each.Load();
        load.Start(server.EndPoint);
        await Task.Delay(window / 10, stop);
        var cpu = await server.AskAsync(ServerLoop.Cpu, stop);
        var clock = Stopwatch.StartNew();
        var before = load.Done;
        await Task.Delay(window, stop);
        var done = (load.Done - before) / each.Scale;
        var elapsed = clock.Elapsed;
        var used = await server.AskAsync(ServerLoop.Cpu, stop) - cpu;

        // A connection that failed is told here.
        await load.StopAsync().WaitAsync(StopWithin, stop);
        await server.SettleAsync(others, stop);
        if (done <= 0) throw new BenchFailedException($"{server.Kind} did nothing for {each.Name}.");
        return new() { [each.Rate] = done / elapsed.TotalSeconds, [each.Cpu] = used / done };
    }
}
