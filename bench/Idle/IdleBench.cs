using Handoff.Bench.Echo;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Idle;

// What an idle connection costs in memory: owned, with the owner's lease waiting in ReadAsync, beside a socket with a
// receive of nothing pending, and Kestrel with a read pending. Every figure has a process of its own.
internal sealed class IdleBench(string engine) : IBench
{
    private const int Normal = 2_000;
    private const int Quick = 1_000;

    // Longer than the offer of an accepted connection stands, whose timer is none of an idle connection's.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(6);

    // Opened and closed before, so that what is loaded once is not counted.
    private const int WarmUp = 100;

    private const string Ours = "lease";
    private const string Raw = "raw";
    private const string Kestrel = "kestrel";

    private static readonly (string Name, string Kind)[] Servers =
        [(Ours, ServerKind.LeasePool), (Raw, ServerKind.RawIdle), (Kestrel, ServerKind.Kestrel)];

    private static readonly Quantity Managed = new("managed", "B/connection", Better.Less);
    private static readonly Quantity Resident = new("rss", "B/connection", Better.Less);

    public string Name => "idle";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        var connections = pace.IsQuick ? Quick : Normal;
        DescriptorLimit.Demand(connections);
        var name = $"{connections} connections";
        var tally = new Tally();
        for (var round = 1; round <= pace.Rounds; round++)
        {
            foreach (var (server, kind) in Servers)
            {
                progress.Say($"{name}, {server}", round, pace.Rounds);
                tally.Add(server, await MeasureAsync(kind, connections, stop));
            }
        }

        return [.. tally.Rows(name, Ours, [Raw, Kestrel], Kestrel)];
    }

    private async Task<Dictionary<Quantity, double>> MeasureAsync(string kind, int connections, CancellationToken stop)
    {
        await using var server = await ServerProcess.StartAsync(kind, engine, stop);
        await WithAsync(server, WarmUp, () => server.SettleAsync(WarmUp, stop));
        await server.SettleAsync(0, stop);
        var (managed, resident) = await MemoryAsync();
        var (moreManaged, moreResident) = (0.0, 0.0);
        await WithAsync(server, connections, async () =>
        {
            await server.SettleAsync(connections, stop);
            await Task.Delay(Rest, stop);
            (moreManaged, moreResident) = await MemoryAsync();
        });
        return new()
        {
            [Managed] = (moreManaged - managed) / connections,
            [Resident] = (moreResident - resident) / connections,
        };

        // The first collects, so that the second is not of garbage.
        async Task<(double Managed, double Resident)> MemoryAsync() => (
            await server.AskAsync(ServerLoop.Managed, stop), await server.AskAsync(ServerLoop.Resident, stop));
    }

    private static async Task WithAsync(ServerProcess server, int connections, Func<Task> action)
    {
        var sockets = new List<IDisposable>(connections);
        try
        {
            for (var i = 0; i < connections; i++) sockets.Add(ClientSocket.Connect(server.EndPoint));
            await action();
        }
        finally
        {
            foreach (var socket in sockets) socket.Dispose();
        }
    }
}
