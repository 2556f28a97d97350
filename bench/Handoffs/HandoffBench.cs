using System.Diagnostics;
using Akka.Actor;
using Handoff.Bench.Measuring;

namespace Handoff.Bench.Handoffs;

// How fast ownership moves, beside five plain messages round three plain actors.
internal sealed class HandoffBench(BenchSystem config) : IBench
{
    private const string Ours = "ours";
    private const string Floor = "floor";

    private static readonly TimeSpan RestWithin = TimeSpan.FromSeconds(10);
    private static readonly int[] InFlight = [1, 64];

    private static readonly Quantity Rate = new("rate", "handoffs/s", Better.More);
    private static readonly Quantity P50 = new("p50", "us", Better.Less);
    private static readonly Quantity P99 = new("p99", "us", Better.Less);
    private static readonly Quantity Mean = new("mean", "us", Better.Less);
    private static readonly Quantity Cpu = new("cpu", "us/handoff", Better.Less);
    private static readonly Quantity Allocated = new("allocated", "B/handoff", Better.Less);

    public string Name => "handoff";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        using var system = config.Create();
        using var sockets = await SocketPlayers.ConnectAsync(system, InFlight.Max(), stop);
        var plain = new PlainPlayers(system, InFlight.Max());
        (string Name, IPlayers Players)[] sides = [(Ours, sockets), (Floor, plain)];
        var window = pace.WindowOr(normalSeconds: 1.2, quickSeconds: 0.5);

        foreach (var inFlight in InFlight)
        {
            foreach (var (_, players) in sides) await MeasureAsync(players, inFlight, window, stop);
        }

        var rows = new List<Row>();
        foreach (var inFlight in InFlight)
        {
            var name = $"{inFlight} in flight";
            var tally = new Tally();
            for (var round = 1; round <= pace.Rounds; round++)
            {
                progress.Say(name, round, pace.Rounds);
                foreach (var (side, players) in sides)
                    tally.Add(side, await MeasureAsync(players, inFlight, window, stop));
            }

            rows.AddRange(tally.Rows(name, Ours, [Floor], Floor));
        }

        await system.Terminate();
        return rows;
    }

    private static async Task<Dictionary<Quantity, double>> MeasureAsync(
        IPlayers players, int inFlight, TimeSpan window, CancellationToken stop)
    {
        GC.Collect();
        var pairs = players.Pairs.Take(inFlight).ToArray();
        foreach (var pair in pairs) pair.Begin();
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < inFlight; i++) players.Throw(i);

        // A failed throw ends the wait.
        var failed = Task.WhenAny(pairs.Select(pair => pair.AtRest));
        await Task.WhenAny(failed, Task.Delay(window, stop));
        foreach (var pair in pairs) pair.Stop();
        await Task.WhenAll(pairs.Select(pair => pair.AtRest)).WaitAsync(RestWithin, stop);
        var elapsed = clock.Elapsed;
        var used = Environment.CpuUsage.TotalTime - cpu;
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - bytes;

        var all = new Histogram();
        foreach (var pair in pairs) all.Add(pair.Durations);
        return new()
        {
            [Rate] = all.Count / elapsed.TotalSeconds,
            [P50] = Microseconds(all.At(0.5)),
            [P99] = Microseconds(all.At(0.99)),
            [Mean] = Microseconds(all.Mean),
            [Cpu] = used.TotalMicroseconds / all.Count,
            [Allocated] = (double)allocated / all.Count,
        };
    }

    private static double Microseconds(double ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
