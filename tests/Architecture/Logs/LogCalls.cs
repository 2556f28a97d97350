using System.Text.RegularExpressions;
using Handoff.Architecture.Tests.Pages;

namespace Handoff.Architecture.Tests.Logs;

// What is logged has a template that never changes, so that it can be looked for, and arguments apart from it; and the
// page of telemetry has a row for each.
internal static partial class LogCalls
{
    public static IEnumerable<Finding> Unstructured(IEnumerable<LogCall> calls) =>
        from call in calls
        let why = call.Template is null ? "the template is no constant"
            : call.Arguments != Holes(call.Template) ? $"{call.Arguments} arguments for {Holes(call.Template)} holes"
            : Hole().Replace(call.Template, "").Any(char.IsLetter) ? null : "the template says nothing"
        where why is not null
        select call.Place with { What = $"{why}: {call.Place.What}" };

    public static IEnumerable<Finding> Untold(Page page, IEnumerable<LogCall> calls)
    {
        var rows = Rows(page).Select(row => row.Text).ToHashSet(StringComparer.Ordinal);
        return from call in calls
               where call.Template is not null && !rows.Contains(call.Row)
               select new Finding(page.Path, 1, $"no row {call.Row}");
    }

    public static IEnumerable<Finding> Outdated(Page page, IEnumerable<LogCall> calls)
    {
        var said = calls.Select(call => call.Row).ToHashSet(StringComparer.Ordinal);
        return from row in Rows(page)
               where !said.Contains(row.Text)
               select new Finding(page.Path, row.Line, $"nobody logs {row.Text}");
    }

    private static IEnumerable<(int Line, string Text)> Rows(Page page) =>
        page.Prose.Where(line => Row().IsMatch(line.Text));

    // Akka's own formatter knows numbers only: {0}, not {Name}.
    private static int Holes(string template) =>
        Hole().Matches(template).Select(hole => hole.Groups["number"].Value).Distinct().Count();

    [GeneratedRegex(@"\{(?<number>\d+)(:[^}]*)?\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"^\| (debug|info|warning|error) \|")]
    private static partial Regex Row();
}
