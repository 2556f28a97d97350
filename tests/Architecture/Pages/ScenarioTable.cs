using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Pages;

// A story is a test whose name begins with the number of its scenario. The page has a row for each: the number, what
// must be so, the test, and what it is played on.
internal static partial class ScenarioTable
{
    public static IEnumerable<Finding> Untold(Page page, IEnumerable<SourceFile> tests, IEnumerable<int> numbers)
    {
        var told = Stories(tests).Select(story => story.Number).ToHashSet(StringComparer.Ordinal);
        return from number in numbers
               let name = $"T{number:00}"
               where !told.Contains(name)
               select new Finding(page.Path, 1, $"no test tells {name}");
    }

    public static IEnumerable<Finding> Unlisted(Page page, IEnumerable<SourceFile> tests) =>
        from story in Stories(tests)
        where !page.Prose.Any(line => IsRow(line.Text, story))
        select new Finding(page.Path, 1, $"no row | {story.Number} | ... | `{story.Test}` | {story.On} |");

    private static bool IsRow(string line, Story story) =>
        line.StartsWith($"| {story.Number} |", StringComparison.Ordinal)
        && line.EndsWith($"| `{story.Test}` | {story.On} |", StringComparison.Ordinal);

    private static IEnumerable<Story> Stories(IEnumerable<SourceFile> tests) =>
        from file in tests
        from method in file.All<MethodDeclarationSyntax>()
        let number = Number().Match(method.Identifier.ValueText)
        where number.Success
        let test = $"{file.Path["tests/".Length..^".cs".Length]}.{method.Identifier.ValueText}"
        select new Story(number.Groups["number"].Value, test, On(method));

    private static string On(MethodDeclarationSyntax method)
    {
        var transports = method.AttributeLists.SelectMany(list => list.Attributes)
            .FirstOrDefault(attribute => attribute.Name.ToString() == "Transports");
        if (transports is null) return "memory";
        var named = transports.ArgumentList!.Arguments
            .Where(argument => argument.NameEquals is not null)
            .ToDictionary(
                argument => argument.NameEquals!.Name.ToString(), argument => argument.Expression.ToString());
        var on = named.ContainsKey("Datagrams") ? "all datagrams" : "all streams";
        return named.TryGetValue("Except", out var except) ? $"{on} but {except.Trim('"')}" : on;
    }

    [GeneratedRegex(@"^(?<number>T\d\d)_")]
    private static partial Regex Number();

    private sealed record Story(string Number, string Test, string On);
}
