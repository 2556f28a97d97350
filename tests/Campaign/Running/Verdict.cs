using Handoff.Campaign.Tests.Checking;
using Handoff.TestKit.Simulation;

namespace Handoff.Campaign.Tests.Running;

// What came of one seed. The steps tell two runs apart that only look alike.
internal sealed record Verdict(int Seed, string? Violation, long Steps, int Faults, IReadOnlySet<string> Reached)
{
    public History? History { get; init; }

    public IReadOnlyList<NetworkEvent> Network { get; init; } = [];

    public bool IsFailure => Violation is not null;
}
