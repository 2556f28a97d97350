using Handoff.Campaign.Tests.Mutants;
using Handoff.Campaign.Tests.Running;
using Xunit.Abstractions;

namespace Handoff.Campaign.Tests;

public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int Slice = 1500;

    [Fact]
    public void A_slice_of_the_campaign_finds_nothing() => FindsNothing(from: 1);

    [Fact]
    public void Nor_does_one_that_nobody_has_played_before() => FindsNothing(Random.Shared.Next(1 << 30));

    [Fact]
    public void Every_scenario_has_a_fault()
    {
        using var stage = new Stage();
        Assert.All(Enumerable.Range(1, 100), seed => Assert.InRange(stage.Play(seed).Faults, 1, int.MaxValue));
    }

    // A campaign that never gets somewhere says nothing about it.
    [Fact]
    public void The_programs_get_everywhere()
    {
        using var stage = new Stage();
        var reached = Enumerable.Range(1, 1000).SelectMany(seed => stage.Play(seed).Reached).ToHashSet();
        string[] places =
        [
            "Release: Released", "Release: ReleaseFailed Declined", "Release: ReleaseFailed TimedOut",
            "Release: ReleaseFailed TargetDied", "Release: ReleaseFailed Revoked", "Release: ReleaseFailed Closed",
            "Release: Refused EEBUSY", "Release: Refused EESECURITY",
            "Acquire: Acquired", "Acquire: Refused EESOCKNOTRLSD", "Acquire: Refused EESECURITY",
            "Decline: Withdrawn", "Decline: Refused EESOCKNOTRLSD",
            "Reattach: Acquired", "Reattach: Refused EESOCKRLSD",
            "Write: Written", "Write: Refused EESECURITY", "Write: Refused EESOCKRLSD", "Write: Refused EENOTCONN",
            "Consumed: Refused EESECURITY", "SetHeir: Confirmed", "FinishSending: Confirmed",
            "Withdrawn: Lost", "Withdrawn: TimedOut", "Withdrawn: Closed", "Withdrawn: Revoked", "Withdrawn: Declined",
            "Release: Refused EESOCKRLSD", "Release: Refused EEQUOTA", "ReleaseAll: AllReleased",
            "ReleaseAll: AllReleased in part", "Return: LoanOver", "Return: Refused EESOCKNOTRLSD",
            "Returned: Expired", "Returned: Returned", "Returned: BorrowerDied", "Returned: Closed",
            "LoanOver: Expired", "LoanOver: Returned", "Close: Refused EESECURITY",
            "Splice: Confirmed", "Splice: Refused EEBUSY", "Unsplice: Confirmed", "Unsplice: Refused EENOTCONN",
            "SpliceEnded: Finished", "SpliceEnded: Limit", "SpliceEnded: Idle", "SpliceEnded: Failed",
            "SpliceEnded: Closed", "SpliceEnded: Reattached", "SpliceEnded: Unspliced", "SpliceEnded: LoanOver",
            "SendTo: Sent", "Letter: sent by lease", "Offered: after a filter",
            "SetAcceptFilter: Confirmed", "SetAcceptFilter: Refused EEALREADY",
            "Closed: EESUCCESS", "Closed: EERESET", "Closed: EETIMEDOUT", "Closed: EEABORTED", "Closed: EEQUOTA",
        ];
        Assert.Empty(places.Except(reached));
    }

    [Fact]
    public void A_seed_is_played_the_same_again_whatever_was_played_before()
    {
        using var stage = new Stage();
        var first = Enumerable.Range(1, 50).Select(seed => stage.Play(seed).Steps).ToArray();
        var again = Enumerable.Range(1, 50).Reverse().Select(seed => stage.Play(seed).Steps).Reverse();
        Assert.Equal(first, again);
        Assert.NotEqual(1, first.Distinct().Count());
        Assert.Equal(first[6], Replay.Of(7).Steps);
    }

    [Fact]
    public void A_failure_is_told_with_its_seed_its_history_and_the_command_that_replays_it()
    {
        var mutant = Mutant.All["an offer has two outcomes"];
        var campaign = new Running.Campaign(from: 1, seeds: 10_000, workers: 1, mutant);
        var failure = campaign.Run()[0];
        Assert.True(campaign.Played < 10_000, "it goes on and on");
        var text = Replay.Describe(Replay.Of(failure.Seed, mutant));
        Assert.Contains($"seed {failure.Seed} FAILED: {failure.Violation}", text, StringComparison.Ordinal);
        Assert.Contains($"VIOLATION {failure.Violation}", text, StringComparison.Ordinal);
        Assert.Contains("Acquire -> Held", text, StringComparison.Ordinal);
        Assert.Contains("link 1 client Connected", text, StringComparison.Ordinal);
        var command = $"dotnet run -c Release --project tests/Campaign -- --replay {failure.Seed}";
        Assert.Contains(command, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ExitCode.Passed, "--seeds", "3")]
    [InlineData(ExitCode.Passed, "--replay", "3")]
    [InlineData(ExitCode.Passed, "--help")]
    [InlineData(ExitCode.BadCommandLine, "--seeds", "none")]
    [InlineData(ExitCode.BadCommandLine, "--seeds", "0")]
    [InlineData(ExitCode.BadCommandLine, "--sedes", "3")]
    public async Task The_command_line_has_these_exit_codes(int code, params string[] args)
    {
        using var said = new StringWriter();
        using var failed = new StringWriter();
        Assert.Equal(code, await new CommandLine(said, failed).RunAsync(args));
        Assert.Equal(code is ExitCode.BadCommandLine, failed.ToString().Contains("See --help."));
        Assert.Equal(code is ExitCode.Passed, said.ToString().Length > 0);
    }

    private void FindsNothing(int from)
    {
        var campaign = new Running.Campaign(from, Slice, Environment.ProcessorCount);
        var failures = campaign.Run();
        foreach (var failure in failures) output.WriteLine(Replay.Describe(Replay.Of(failure.Seed)));
        output.WriteLine($"seeds {from} to {from + Slice - 1}");
        Assert.Empty(failures.Select(failure => $"seed {failure.Seed}: {failure.Violation}"));
        Assert.Equal(Slice, campaign.Played);
    }
}
