using Handoff.TestKit.Parties;

namespace Handoff.TestKit.Scenarios;

// What whoever reads a failure needs: what went wrong, the seed, what happened, and how to see it again.
internal static class Report
{
    public static string Of(
        Exception failure, Stage stage, ScenarioSetup setup, int seed, string test, string file) =>
        $"""
        {test}: {(failure is StoryException ? failure.Message : failure.ToString())}
        seed {seed}, transport {setup.Transport.Name}; replay it with
          {SeedsAttribute.Variable}={seed} dotnet test{Project(file)} --filter FullyQualifiedName~{test}
        {stage.History}
        """;

    // The folder of the nearest project above the test, seen from its solution; none where the sources are not there.
    private static string Project(string file)
    {
        var project = Above(file, "*.csproj");
        if (project is null) return "";
        var solution = Above(Path.Combine(project, "."), "*.sln") ?? Environment.CurrentDirectory;
        return $" {Path.GetRelativePath(solution, project)}";
    }

    private static string? Above(string file, string pattern)
    {
        for (var folder = Path.GetDirectoryName(file); folder?.Length > 1; folder = Path.GetDirectoryName(folder))
        {
            if (Directory.Exists(folder) && Directory.EnumerateFiles(folder, pattern).Any()) return folder;
        }

        return null;
    }
}
