using System.Collections.Concurrent;
using Akka.Configuration;
using Handoff.TestKit.Running;
using Handoff.Transport.Sockets;

namespace Handoff.TestKit.Scenarios;

// An actor system and what scenarios need around it; used by one run at a time, and kept for the next one.
internal sealed class Theatre
{
    private static readonly ConcurrentDictionary<(string Config, bool HasPolicy), ConcurrentBag<Theatre>> Free = new();

    private readonly PolicyDoor _policy = new();

    private Theatre(string config, bool hasPolicy)
    {
        System = SeededSystem.Create(config.Length == 0 ? null : ConfigurationFactory.ParseString(config));
        System.Handoff.AddTransport(Door);
        if (hasPolicy) System.Handoff.UsePolicy(_policy);
        Audit = new Audit(System.Actors);
    }

    public SeededSystem System { get; }

    public Door Door { get; } = new();

    public Audit Audit { get; }

    public BlockPool Blocks { get; } = new();

    public int BlocksOut => Blocks.MadeCount - Blocks.IdleCount;

    public static Theatre Take(ScenarioSetup setup) => Free.GetOrAdd(Kind(setup), _ => []).TryTake(out var free)
        ? free
        : new Theatre(setup.Config, setup.Policy is not null);

    // Only after a run that ended well: what another left behind is not for the next one.
    public void Return(ScenarioSetup setup)
    {
        _policy.Behind = null;
        Free[Kind(setup)].Add(this);
    }

    public void Open(ScenarioSetup setup, int seed)
    {
        System.MayComeFromOutside = setup.Transport.IsOutside;
        System.Reset(seed);
        Audit.Clear();
        _policy.Behind = setup.Policy;
        Door.Open(setup.Transport.Open(System, System.Handoff.Settings.Connections with
        {
            OwnerScheduler = System.PipeScheduler,
            PumpScheduler = System.PipeScheduler,
            TimeProvider = System.Clock,
            Blocks = Blocks,
        }));
    }

    private static (string Config, bool HasPolicy) Kind(ScenarioSetup setup) =>
        (setup.Config, setup.Policy is not null);
}
