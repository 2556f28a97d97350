using System.Collections.Concurrent;
using Akka.Configuration;
using Handoff.TestKit.Running;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

// An actor system and what scenarios need around it; used by one run at a time, and kept for the next one.
internal sealed class Theatre
{
    private static readonly ConcurrentDictionary<string, ConcurrentBag<Theatre>> Free = new();

    private Theatre(string config)
    {
        System = SeededSystem.Create(config.Length == 0 ? null : ConfigurationFactory.ParseString(config));
        System.Handoff.AddTransport(Door);
    }

    public SeededSystem System { get; }

    public Door Door { get; } = new();

    public BlockPool Blocks { get; } = new();

    public int BlocksOut => Blocks.MadeCount - Blocks.IdleCount;

    public static Theatre Take(string config) =>
        Free.GetOrAdd(config, _ => []).TryTake(out var free) ? free : new Theatre(config);

    // Only after a run that ended well: what another left behind is not for the next one.
    public void Return(string config) => Free[config].Add(this);

    public void Open(ScenarioTransport transport, int seed)
    {
        System.MayComeFromOutside = transport.IsOutside;
        System.Reset(seed);
        Door.Behind = transport.Open(System, System.Handoff.Settings.Connections with
        {
            OwnerScheduler = System.PipeScheduler,
            PumpScheduler = System.PipeScheduler,
            TimeProvider = System.Clock,
            Blocks = Blocks,
        });
    }
}
