using System.Reflection;
using System.Text.RegularExpressions;

namespace Handoff.Hosting.Tests.Setup;

// The tables of docs/telemetry.md: by their first column, what the others say.
internal static partial class TelemetryPage
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(
        typeof(TelemetryPage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "RepoRoot").Value!,
        "docs", "telemetry.md"));

    // Whether one is observable an exporter does not hear.
    public static IEnumerable<(string Name, string Kind, string Unit, string[] Attributes)> Instruments =>
        Rows("| instrument | kind | unit | attributes | what |")
            .Select(row => (
                Code(row[0]), row[1].Replace("observable ", "", StringComparison.Ordinal), Code(row[2]),
                Codes(row[3])));

    public static IEnumerable<(string Name, string Kind, string[] Attributes)> Spans =>
        Rows("| span | kind | attributes | what |").Select(row => (Code(row[0]), row[1], Codes(row[2])));

    // Of those that have no more values than are listed.
    public static IReadOnlyDictionary<string, string[]> Values =>
        Rows("| attribute | values |")
            .Where(row => row[1].StartsWith('`') && row[1].EndsWith('`'))
            .ToDictionary(row => Code(row[0]), row => Codes(row[1]));

    private static IEnumerable<string[]> Rows(string header) =>
        Lines.SkipWhile(line => line != header).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray());

    private static string Code(string cell) => Assert.Single(Codes(cell));

    private static string[] Codes(string cell) =>
        [.. Quoted().Matches(cell).Select(match => match.Groups["code"].Value).Order(StringComparer.Ordinal)];

    [GeneratedRegex("`(?<code>[^`]+)`")]
    private static partial Regex Quoted();
}
