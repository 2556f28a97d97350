using Handoff.Bench.Echo;

namespace Handoff.Bench.Spawning;

internal sealed record SpawnCase(string Name, string Program, Func<ILoad> Load)
{
    private const int Clients = 8;

    public static readonly IReadOnlyList<SpawnCase> All =
    [
        new($"true x{Clients}", "/bin/true", () => new Visits(Clients, speaks: false)),
        new($"cat x{Clients}", "/bin/cat", () => new Visits(Clients, speaks: true)),
    ];
}
