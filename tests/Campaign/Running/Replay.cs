using System.Text;

namespace Handoff.Campaign.Tests.Running;

// One seed again, with its history.
internal static class Replay
{
    public static Verdict Of(int seed, Func<Defect>? mutant = null)
    {
        var first = OnNewStage(seed, mutant);
        var second = OnNewStage(seed, mutant);
        return first.Steps == second.Steps && first.Violation == second.Violation
            ? second
            : second with { Violation = $"it does not replay: {first.Violation} / {second.Violation}" };
    }

    public static string Describe(Verdict verdict)
    {
        var text = new StringBuilder();
        foreach (var line in verdict.History?.Lines ?? []) text.AppendLine(line);
        text.AppendLine("the last events of the network:");
        foreach (var entry in verdict.Network) text.AppendLine($"  {entry}");
        text.AppendLine(verdict.Violation is { } violation
            ? $"seed {verdict.Seed} FAILED: {violation}"
            : $"seed {verdict.Seed} passed in {verdict.Steps} steps");
        text.AppendLine(Command(verdict.Seed));
        return text.ToString();
    }

    public static string Command(int seed) =>
        $"replay: dotnet run -c Release --project tests/Campaign -- --replay {seed}";

    private static Verdict OnNewStage(int seed, Func<Defect>? mutant)
    {
        using var stage = new Stage();
        return stage.Play(seed, isRecorded: true, mutant);
    }
}
