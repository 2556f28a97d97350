using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Handoff.Architecture.Tests.Pages;

// A page names a test as `Actors/ReleaseTests.Name_of_the_test`: the file under tests/, and the method.
internal static partial class PageTestNames
{
    public const string NotYet = "not yet";

    public static IEnumerable<Finding> Unknown(Page page, IEnumerable<SourceFile> tests)
    {
        var known = tests.SelectMany(Names).ToHashSet(StringComparer.Ordinal);
        return from line in page.Prose
               from Match name in Name().Matches(line.Text)
               where !known.Contains(name.Groups["name"].Value)
               select new Finding(page.Path, line.Line, $"there is no test {name.Groups["name"].Value}");
    }

    // A row of a table that names no test and does not say that it is missing.
    public static IEnumerable<Finding> Untested(Page page) =>
        from line in page.Prose
        where line.Text.StartsWith('|') && !IsHead(page, line.Line) && !IsRule(line.Text)
        where !Name().IsMatch(line.Text) && !line.Text.Contains(NotYet, StringComparison.Ordinal)
        select new Finding(page.Path, line.Line, line.Text);

    private static bool IsHead(Page page, int line) => page.Prose.Any(p => p.Line == line + 1 && IsRule(p.Text));

    private static bool IsRule(string text) => text.StartsWith("|-", StringComparison.Ordinal);

    private static IEnumerable<string> Names(SourceFile file) =>
        from method in file.All<MethodDeclarationSyntax>()
        select $"{file.Path["tests/".Length..^".cs".Length]}.{method.Identifier.ValueText}";

    [GeneratedRegex(@"`(?<name>[A-Z]\w*(/\w+)+\.[A-Z]\w*)`")]
    private static partial Regex Name();
}
