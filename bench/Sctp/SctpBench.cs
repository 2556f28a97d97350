using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;
using Handoff.Transport.Sctp.Usrsctp;

namespace Handoff.Bench.Sctp;

// Messages of an association that an actor owns, beside a plain loop over the same library.
internal sealed class SctpBench(string engine) : IBench
{
    private const string Ours = "ours";
    private const string Bare = "bare";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Quantity Rate = new("rate", "messages/s", Better.More);
    private static readonly Quantity Bytes = new("bytes", "MB/s", Better.More);
    private static readonly Quantity Cpu = new("cpu", "us/message", Better.Less);

    // Null where the library is there.
    public static string? Missing => UsrsctpStack.Missing;

    public string Name => "sctp";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        if (Missing is { } why) throw new BenchFailedException(why);
        var system = new BenchSystem(engine)
        {
            More = "handoff.sctp { backend = usrsctp, udp-port = 0 }",
        }.Create();
        try
        {
            var buffer = HandoffExtension.For(system).Settings.Sctp.Socket.SystemBuffer;
            await using var process = ChildProcess.Start(
                ChildProcess.OwnAssembly, "sctp-far", buffer.ToString(CultureInfo.InvariantCulture));
            var far = await FarEnd.FindAsync(process, stop);
            var ends = new Dictionary<(string, bool IsPeeled), IEnd>();
            foreach (var isPeeled in (bool[])[false, true])
            {
                ends[(Ours, isPeeled)] = await OwnEnd.ConnectAsync(system, far, isPeeled).WaitAsync(Patience, stop);
                ends[(Bare, isPeeled)] = await BareEnd.ConnectAsync(far, isPeeled, buffer).WaitAsync(Patience, stop);
            }

            return await MeasureAsync(ends, pace, progress, stop);
        }
        finally
        {
            await system.Terminate();
        }
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        Dictionary<(string, bool IsPeeled), IEnd> ends, Pace pace, Progress progress, CancellationToken stop)
    {
        var window = pace.WindowOr(normalSeconds: 1, quickSeconds: 0.4);
        var rows = new List<Row>();
        foreach (var one in SctpCase.All)
        {
            string[] sides = [Ours, Bare];
            foreach (var side in sides) await MeasureAsync(one, ends[(side, one.IsPeeled)], window, stop);
            var tally = new Tally();
            for (var round = 1; round <= pace.Rounds; round++)
            {
                progress.Say(one.Name, round, pace.Rounds);
                foreach (var side in sides)
                    tally.Add(side, await MeasureAsync(one, ends[(side, one.IsPeeled)], window, stop));
            }

            rows.AddRange(tally.Rows(one.Name, Ours, [Bare], Bare));
        }

        return rows;
    }

    // The CPU is that of this side.
    private static async Task<Dictionary<Quantity, double>> MeasureAsync(
        SctpCase one, IEnd end, TimeSpan window, CancellationToken stop)
    {
        GC.Collect();
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        long count;
        try
        {
            count = await one.RunAsync(end, window).WaitAsync(window + Patience, stop);
        }
        catch (TimeoutException)
        {
            throw new BenchFailedException($"{one.Name}: messages are missing after {clock.Elapsed}.");
        }

        var elapsed = clock.Elapsed.TotalSeconds;
        return new()
        {
            [Rate] = count / elapsed,
            [Bytes] = count * one.Size / elapsed / 1e6,
            [Cpu] = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count,
        };
    }
}
