namespace Handoff.Architecture.Tests;

internal static class Findings
{
    private const int MostShown = 60;

    public static void MustBeNone(this IEnumerable<Finding> findings, string whatToDo)
    {
        var all = findings.Distinct().OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ToList();
        if (all.Count > 0)
            Assert.Fail(Message(all, whatToDo));
    }

    public static string Message(IReadOnlyList<Finding> findings, string whatToDo)
    {
        var shown = findings.Take(MostShown).Select(f => f.ToString());
        var rest = findings.Count > MostShown ? $"\n... and {findings.Count - MostShown} more" : "";
        return $"{whatToDo}\n{string.Join('\n', shown)}{rest}";
    }
}
