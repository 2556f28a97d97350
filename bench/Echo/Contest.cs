using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Echo;

// The same loads on several servers, in turns: so that each of ours has a peer next to it, in that order.
internal sealed record Contest(
    string[] Ours, string[] Peers, string Reference, string[] Order, IReadOnlyList<EchoCase> Cases)
{
    public async Task<IReadOnlyList<Row>> RunAsync(
        string engine, Pace pace, Progress progress, CancellationToken stop)
    {
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

    private async Task<IReadOnlyList<Row>> MeasureAsync(
        List<ServerProcess> servers, Pace pace, Progress progress, CancellationToken stop)
    {
        var window = pace.WindowOr(normalSeconds: 1.2, quickSeconds: 0.25);
        foreach (var server in servers)
        {
            progress.Say("warm-up", 1, 1);
            foreach (var each in Cases) await LoadedServer.MeasureAsync(server, each, window / 2, 0, stop);
        }

        var rows = new List<Row>();
        foreach (var each in Cases)
        {
            var tally = new Tally();
            for (var round = 1; round <= pace.Rounds; round++)
            {
                progress.Say(each.Name, round, pace.Rounds);

                // Each round begins with another server: the first after a pause is not always the same.
                foreach (var i in Enumerable.Range(round, servers.Count))
                {
                    var server = servers[i % servers.Count];
                    tally.Add(server.Kind, await LoadedServer.MeasureAsync(server, each, window, 0, stop));
                }
            }

            rows.AddRange(Ours.SelectMany(kind => tally.Rows($"{each.Name}, {kind}", kind, Peers, Reference)));
        }

        return rows;
    }
}
