using Handoff.Bench.Echo;
using Handoff.Bench.Idle;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Growth;

// What a request costs as the connections that are open beside it grow in number, and as the request grows in size.
internal sealed class GrowthBench(string engine) : IBench
{
    private static readonly string[] Servers = [ServerKind.LeasePool, ServerKind.Raw, ServerKind.Kestrel];
    private static readonly string[] Peers = [ServerKind.Raw, ServerKind.Kestrel];

    private static readonly Quantity Rate = new("rate", "requests/s", Better.More);
    private static readonly Quantity Cpu = new("server cpu", "us/request", Better.Less);

    public string Name => "growth";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        InlineCompletions.Choose();
        var largest = GrowthCase.All.Max(each => each.Idle);
        DescriptorLimit.Demand(largest);
        var rows = new List<Row>();
        foreach (var each in GrowthCase.All) rows.AddRange(await MeasureAsync(each, pace, progress, stop));
        return rows;
    }

    private async Task<IEnumerable<Row>> MeasureAsync(
        GrowthCase each, Pace pace, Progress progress, CancellationToken stop)
    {
        var window = pace.WindowOr(normalSeconds: 0.8, quickSeconds: 0.2);
        var servers = new List<ServerProcess>();
        var tally = new Tally();
        try
        {
            foreach (var kind in Servers) servers.Add(await ServerProcess.StartAsync(kind, engine, stop));
            progress.Say($"{each.Name}, warm-up", 1, 1);
            foreach (var server in servers) await MeasureAsync(server, each, window, stop);
            for (var round = 1; round <= pace.Rounds; round++)
            {
                progress.Say(each.Name, round, pace.Rounds);
                foreach (var i in Enumerable.Range(round, servers.Count))
                {
                    var server = servers[i % servers.Count];
                    tally.Add(server.Kind, await MeasureAsync(server, each, window, stop));
                }
            }
        }
        finally
        {
            foreach (var server in servers) await server.DisposeAsync();
        }

        return tally.Rows(each.Name, ServerKind.LeasePool, Peers, ServerKind.Raw);
    }

    // The idle ones are there before, and all of them after.
    private static async Task<Dictionary<Quantity, double>> MeasureAsync(
        ServerProcess server, GrowthCase each, TimeSpan window, CancellationToken stop)
    {
        var requests = new EchoCase(
            each.Name, () => new Requests(GrowthCase.Active, each.Size), Scale: 1, Rate, Cpu);
        Dictionary<Quantity, double> figures;
        using (var idle = new IdleClients(server))
        {
            await idle.OpenAsync(each.Idle, stop);
            figures = await LoadedServer.MeasureAsync(server, requests, window, each.Idle, stop);
        }

        await server.SettleAsync(0, stop);
        return figures;
    }
}
