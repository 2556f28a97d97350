using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Settings;

// Reads HOCON as our own two files are written: a key a line, a group's brace at the end of its line. What it cannot
// read it refuses, so that no key escapes it.
internal sealed partial class SettingsFile
{
    private readonly string _path;
    private readonly List<Setting> _settings = [];
    private readonly Stack<string> _groups = new();
    private bool _commentAbove;
    private string? _untilEnd;

    private SettingsFile(string path) => _path = path;

    public static IReadOnlyList<Setting> Parse(string path, string text)
    {
        var file = new SettingsFile(path);
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            file.Take(lines[i].Trim(), i + 1);
        if (file._groups.Count > 0 || file._untilEnd is not null)
            throw new FormatException($"{path}:{lines.Length}: ends inside {file.Within("")}");
        return file._settings;
    }

    // A key needs a line of why directly above it; a group explains itself by its keys.
    public static IEnumerable<Finding> WithoutComment(string path, IEnumerable<Setting> settings) =>
        from s in settings
        where !s.IsGroup && !s.HasComment
        select new Finding(path, s.Line, $"{s.Path} has no comment above it");

    private void Take(string line, int number)
    {
        if (_untilEnd is not null)
        {
            if (line.EndsWith(_untilEnd, StringComparison.Ordinal))
                _untilEnd = null;
            return;
        }

        var isComment = line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal);
        if (line == "}" && _groups.Count > 0)
            _groups.Pop();
        else if (Group().Match(line) is { Success: true } group)
            Open(group, number);
        else if (Value().Match(line) is { Success: true } value)
            Add(value, number);
        else if (line.Length > 0 && !isComment)
            throw new FormatException($"{_path}:{number}: cannot read '{line}': one key a line, please");
        _commentAbove = isComment;
    }

    private void Open(Match group, int number)
    {
        var key = Name(group);
        _settings.Add(new(Within(key), number, true, _commentAbove));
        if (!group.Groups["closed"].Success)
            _groups.Push(key);
    }

    private void Add(Match value, int number)
    {
        _settings.Add(new(Within(Name(value)), number, false, _commentAbove));
        var text = value.Groups["value"].Value;
        if (text.StartsWith("\"\"\"", StringComparison.Ordinal) && !text[3..].Contains("\"\"\""))
            _untilEnd = "\"\"\"";
        else if (text.StartsWith('[') && !text.Contains(']'))
            _untilEnd = "]";
        else if (SecondKey().IsMatch(Quoted().Replace(text, "")))
            throw new FormatException($"{_path}:{number}: one key a line, please");
    }

    private string Within(string key) => string.Join('.', _groups.Reverse().Append(key)).TrimEnd('.');

    private static string Name(Match match) => match.Groups["key"].Value.Replace("\"", "");

    [GeneratedRegex("""^(?<key>("[^"]+"|[\w\-.])+)\s*[=:]?\s*\{\s*(?<closed>\})?$""")]
    private static partial Regex Group();

    [GeneratedRegex("""^(?<key>("[^"]+"|[\w\-.])+)\s*(\+=|=|:)\s*(?<value>\S.*)$""")]
    private static partial Regex Value();

    [GeneratedRegex("""
        "[^"]*"|\#.*|//.*
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!\$)\{|=")]
    private static partial Regex SecondKey();
}
