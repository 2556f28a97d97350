using Handoff.Campaign.Tests.Running;
using Xunit.Abstractions;

namespace Handoff.Campaign.Tests.Mutants;

public sealed class MutantTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    public static TheoryData<string> Names => [.. Mutant.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_campaign_finds_that(string mutant)
    {
        using var stage = new Stage();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var found = stage.Play(seed, mutant: Mutant.All[mutant]);
            if (!found.IsFailure) continue;
            output.WriteLine($"seed {seed}: {found.Violation}");
            Assert.Null(stage.Play(seed).Violation);
            Assert.Equal(found.Violation, Replay.Of(seed, Mutant.All[mutant]).Violation);
            return;
        }

        Assert.Fail($"not found within {Seeds} seeds: {mutant}");
    }
}
