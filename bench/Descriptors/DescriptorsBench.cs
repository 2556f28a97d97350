using System.Diagnostics;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;
using Handoff.Transport.Engine.Linux;

namespace Handoff.Bench.Descriptors;

// How fast connections go to another process, by the transfer protocol and by the system calls alone.
internal sealed class DescriptorsBench : IBench
{
    public const int Batch = 200;
    public const string Ours = "ours";

    private const string Bare = "bare";
    private const string BareWithOffer = "bare, offered";

    private static readonly string[] Sides = [Ours, Bare, BareWithOffer];
    private static readonly (string Name, int AtOnce)[] Cases = [("1 at a time", 1), ($"{Batch} at once", Batch)];

    private static readonly Quantity Rate = new("rate", "handoffs/s", Better.More);
    private static readonly Quantity P50 = new("pause p50", "us", Better.Less);
    private static readonly Quantity P99 = new("pause p99", "us", Better.Less);
    private static readonly Quantity Cpu = new("cpu", "us/handoff", Better.Less);

    public string Name => "descriptors";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        if (!LinuxEngine.IsSupported)
            throw new BenchFailedException("Descriptors pass between processes on Linux only.");
        using var connections = await Connections.OpenAsync(Batch, stop);
        var window = pace.WindowOr(normalSeconds: 1.2, quickSeconds: 0.4);
        var rows = new List<Row>();
        var processes = new List<ChildProcess>();
        var movers = new Dictionary<string, IMover>();
        try
        {
            foreach (var side in Sides) movers[side] = await StartAsync(side, processes, stop);
            foreach (var (name, atOnce) in Cases)
            {
                foreach (var side in Sides) await MeasureAsync(movers[side], connections, atOnce, window);
                var tally = new Tally();
                for (var round = 1; round <= pace.Rounds; round++)
                {
                    progress.Say(name, round, pace.Rounds);
                    foreach (var side in Sides)
                        tally.Add(side, await MeasureAsync(movers[side], connections, atOnce, window));
                }

                rows.AddRange(tally.Rows(name, Ours, [Bare, BareWithOffer], Bare));
            }
        }
        finally
        {
            foreach (var mover in movers.Values) await mover.DisposeAsync();
            foreach (var process in processes) await process.DisposeAsync();
        }

        return rows;
    }

    private static async Task<IMover> StartAsync(
        string side, List<ChildProcess> processes, CancellationToken stop)
    {
        var name = $"handoff-bench-{Guid.NewGuid():n}";
        var process = ChildProcess.Start(ChildProcess.OwnAssembly, "take", side, name);
        processes.Add(process);
        if (await process.LineAsync(stop) != FarSide.Ready)
            throw new BenchFailedException("The far side is not ready.");
        return side == Ours
            ? await OwnMover.ConnectAsync(name, stop)
            : new BareMover(name, withOffer: side == BareWithOffer);
    }

    // One move after the other; the CPU is that of this side.
    private static async Task<Dictionary<Quantity, double>> MeasureAsync(
        IMover mover, Connections connections, int atOnce, TimeSpan window)
    {
        GC.Collect();
        var pauses = new Histogram();
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < window)
        {
            connections.Ask(atOnce);
            var stopped = await mover.MoveAsync(connections, atOnce).ConfigureAwait(false);
            pauses.Add(connections.Answered(atOnce) - stopped);
        }

        var (elapsed, moved) = (clock.Elapsed, pauses.Count * atOnce);
        return new()
        {
            [Rate] = moved / elapsed.TotalSeconds,
            [P50] = Microseconds(pauses.At(0.5)),
            [P99] = Microseconds(pauses.At(0.99)),
            [Cpu] = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / moved,
        };
    }

    private static double Microseconds(double ticks) => ticks * 1e6 / Stopwatch.Frequency;
}
