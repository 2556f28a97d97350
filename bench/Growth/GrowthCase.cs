namespace Handoff.Bench.Growth;

// Requests of a size on few connections, while so many others are open and idle.
internal sealed record GrowthCase(int Idle, int Size)
{
    public const int Active = 16;

    private const int Usual = 64;

    public static readonly IReadOnlyList<GrowthCase> All =
    [
        .. ((int[])[100, 1_000, 10_000]).Select(idle => new GrowthCase(idle, Usual)),
        .. ((int[])[64, 1_024, 16_384, 65_536]).Select(size => new GrowthCase(0, size)),
    ];

    public string Name => Idle > 0 ? $"{Idle} idle connections" : $"{Size} B requests";
}
