using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Projects;

internal static partial class Solution
{
    // Only restored, to bring the real Akka into the package folder.
    private const string NotInIt = "eng/akka/akka.csproj";

    public static IEnumerable<Finding> Gaps(string solution, IEnumerable<string> projects)
    {
        var listed = Entry().Matches(solution).Select(m => m.Groups[1].Value.Replace('\\', '/')).ToHashSet();
        var there = projects.ToHashSet();
        foreach (var p in there.Where(p => p != NotInIt && !listed.Contains(p)))
            yield return new(p, 1, "is not in Handoff.sln: `dotnet sln add` it");
        foreach (var p in listed.Where(p => p == NotInIt || !there.Contains(p)))
            yield return new("Handoff.sln", 1, $"lists {p}, which must not be there or does not exist");
    }

    [GeneratedRegex("""^Project\(.*?\) = ".*?", "([^"]*\.csproj)",""", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
