using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Spawning;

// How many connections a second are a process of their own each, beside the super-servers that the system has.
internal sealed class SpawnBench : IBench
{
    private const string Ours = "ours";
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);
    private static readonly Quantity Rate = new("rate", "connections/s", Better.More);

    public string Name => "spawn";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        var peers = new List<PeerServer>();
        var ours = new Dictionary<SpawnCase, ServerProcess>();
        try
        {
            foreach (var each in SpawnCase.All)
                ours[each] = await ServerProcess.StartAsync(ServerKind.Spawn + each.Program, "linux", stop);
            foreach (var name in PeerServer.Names)
            {
                if (PeerServer.Find(name) is { } path)
                    peers.Add(await PeerServer.StartAsync(name, path, SpawnCase.All, stop));
                else
                    progress.Note($"{name} is not there (Debian: apt-get install {Package(name)}): not compared with");
            }

            var rows = new List<Row>();
            foreach (var each in SpawnCase.All)
                rows.AddRange(await MeasureAsync(each, ours[each], peers, pace, progress, stop));
            return rows;
        }
        finally
        {
            foreach (var peer in peers) await peer.DisposeAsync();
            foreach (var server in ours.Values) await server.DisposeAsync();
        }
    }

    private static string Package(string name) => name == "inetd" ? "openbsd-inetd" : name;

    private static async Task<IEnumerable<Row>> MeasureAsync(
        SpawnCase each,
        ServerProcess ours,
        IReadOnlyList<PeerServer> peers,
        Pace pace,
        Progress progress,
        CancellationToken stop)
    {
        var window = pace.WindowOr(normalSeconds: 2, quickSeconds: 0.5);
        (string Name, IPEndPoint EndPoint)[] subjects =
            [(Ours, ours.EndPoint), .. peers.Select(peer => (peer.Name, peer[each]))];
        foreach (var (name, endPoint) in subjects) await RateAsync(name, each, endPoint, WarmUp, stop);
        var tally = new Tally();
        for (var round = 1; round <= pace.Rounds; round++)
        {
            progress.Say(each.Name, round, pace.Rounds);

            // Each round begins with another.
            foreach (var i in Enumerable.Range(round, subjects.Length))
            {
                var (name, endPoint) = subjects[i % subjects.Length];
                tally.Add(name, Rate, await RateAsync(name, each, endPoint, window, stop));
                await ours.SettleAsync(0, stop);
            }
        }

        string[] others = [.. peers.Select(peer => peer.Name)];
        return tally.Rows(each.Name, Ours, others, others is [var first, ..] ? first : null);
    }

    private static async Task<double> RateAsync(
        string name, SpawnCase each, IPEndPoint endPoint, TimeSpan window, CancellationToken stop)
    {
        var load = each.Load();
        load.Start(endPoint);
        await Task.Delay(window / 10, stop);
        var clock = Stopwatch.StartNew();
        var before = load.Done;
        await Task.Delay(window, stop);

        // A window that is too short for a busy machine ends with the first connection.
        while (load.Done == before && clock.Elapsed < StopWithin) await Task.Delay(Moment, stop);
        var rate = (load.Done - before) / clock.Elapsed.TotalSeconds;
        try
        {
            await load.StopAsync().WaitAsync(StopWithin, stop);
        }
        catch (SocketException e)
        {
            throw new BenchFailedException($"{name}, {each.Name}: {e.Message}");
        }

        return rate > 0 ? rate : throw new BenchFailedException($"{name} did nothing for {each.Name}.");
    }
}
