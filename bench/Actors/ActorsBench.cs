using Akka.Actor;
using Handoff.Bench.Measuring;
using Handoff.Bench.Servers;

namespace Handoff.Bench.Actors;

// The actors that this build runs on; beside those of another build of this bench, where one is named.
internal sealed class ActorsBench(BenchSystem config, FileInfo? peer) : IBench
{
    private const string Ours = "ours";
    private const string Akka = "akka";

    public string Name => "actors";

    public async Task<IReadOnlyList<Row>> RunAsync(Pace pace, Progress progress, CancellationToken stop)
    {
        using var system = config.Create();
        if (peer is null) return await MeasureAsync(system, null, pace, progress, stop);
        await using var other = ChildProcess.Start(peer.FullName, "sample");
        return await MeasureAsync(system, other, pace, progress, stop);
    }

    private static async Task<IReadOnlyList<Row>> MeasureAsync(
        ActorSystem system, ChildProcess? other, Pace pace, Progress progress, CancellationToken stop)
    {
        var window = pace.WindowOr(normalSeconds: 1, quickSeconds: 0.4);
        var rows = new List<Row>();
        foreach (var each in ActorCase.All)
        {
            var tally = new Tally();
            for (var round = 0; round <= pace.Rounds; round++)
            {
                stop.ThrowIfCancellationRequested();
                progress.Say(each.Name, round, pace.Rounds);
                var ours = await each.Measure(system, window);
                var theirs = other is null ? null : await ActorSamples.AskAsync(other, each, window, stop);

                // The first is the warm-up.
                if (round == 0) continue;
                tally.Add(Ours, each.Figures(ours));
                if (theirs is not null) tally.Add(Akka, each.Figures(theirs));
            }

            rows.AddRange(other is null
                ? tally.Rows(each.Name, Ours, [], null)
                : tally.Rows(each.Name, Ours, [Akka], Akka));
        }

        return rows;
    }
}
