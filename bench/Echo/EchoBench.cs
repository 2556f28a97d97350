using System.Diagnostics;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Echo;

// Bytes through a connection and its owner, beside plain sockets and Kestrel. Each server has a process; the client is
// this one, the same for all.
internal sealed class EchoBench(string engine) : IBench
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);
    private static readonly string[] Ours = [ServerKind.LeasePool, ServerKind.LeaseInline, ServerKind.Messages];
    private static readonly string[] Peers = [ServerKind.Raw, ServerKind.Kestrel];

    // So that each of ours has a peer next to it.
    private static readonly string[] Order =
        [ServerKind.LeasePool, ServerKind.Raw, ServerKind.LeaseInline, ServerKind.Kestrel, ServerKind.Messages];

    public string Name => "echo";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        InlineCompletions.Choose();
        var servers = new List<ServerProcess>();
        try
        {
            foreach (var kind in Order) servers.Add(await ServerProcess.StartAsync(kind, engine, stop));
            return await MeasureAsync(servers, pace, progress, stop);
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        List<ServerProcess> servers, Pace pace, Progress progress, CancellationToken stop)
    {
        var window = pace.WindowOr(normalSeconds: 1.2, quickSeconds: 0.25);
        foreach (var server in servers)
        {
            progress.Say("warm-up", 1, 1);
            foreach (var each in EchoCase.All) await MeasureAsync(server, each, window / 2, stop);
        }

        var rows = new List<Row>();
        foreach (var each in EchoCase.All)
        {
            var tally = new Tally();
            for (var round = 1; round <= pace.Rounds; round++)
            {
                progress.Say(each.Name, round, pace.Rounds);

                // Each round begins with another server: the first after a pause is not always the same.
                foreach (var i in Enumerable.Range(round, servers.Count))
                {
                    var server = servers[i % servers.Count];
                    var figures = await MeasureAsync(server, each, window, stop);
                    if (figures[each.Rate] <= 0)
                        throw new BenchFailedException($"{server.Kind} did nothing for {each.Name}.");
                    tally.Add(server.Kind, figures);
                }
            }

            rows.AddRange(Ours.SelectMany(kind =>
                tally.Rows($"{each.Name}, {kind}", kind, Peers, ServerKind.Raw)));
        }

        return rows;
    }

    private static async Task<Dictionary<Quantity, double>> MeasureAsync(
        ServerProcess server, EchoCase each, TimeSpan window, CancellationToken stop)
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
        await server.SettleAsync(0, stop);
        return new() { [each.Rate] = done / elapsed.TotalSeconds, [each.Cpu] = used / done };
    }
}
