using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Words;

internal sealed record BannedWord(Regex Pattern, string[] Except)
{
    public static IReadOnlyList<BannedWord> Parse(string text) =>
    [
        .. text.Split('\n').Select(l => l.Trim())
            .Where(l => l.Length > 0 && !l.StartsWith('#'))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(l => l[0] == "path"
                ? new BannedWord(new Regex(Regex.Escape(l[1])), l[2..])
                : new BannedWord(new Regex($@"\b{Regex.Escape(l[0])}\b", RegexOptions.IgnoreCase), l[1..])),
    ];

    public static IEnumerable<Finding> In(string path, string text, IReadOnlyList<BannedWord> words)
    {
        var lines = text.Split('\n');
        return from word in words
               where !Repository.IsUnder(path, word.Except)
               from line in Enumerable.Range(0, lines.Length)
               let match = word.Pattern.Match(lines[line])
               where match.Success
               select new Finding(path, line + 1, match.Value);
    }
}
