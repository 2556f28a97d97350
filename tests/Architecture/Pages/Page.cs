using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Pages;

// A markdown page as far as the checks need it: fenced blocks, links and headings.
internal sealed partial class Page
{
    private readonly List<Block> _blocks = [];
    private readonly List<(int Line, string Text)> _prose = [];

    private Page(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyList<Block> Blocks => _blocks;

    // What is not in a block.
    public IReadOnlyList<(int Line, string Text)> Prose => _prose;

    public IEnumerable<(int Line, string Target)> Links =>
        from p in _prose
        from Match m in Link().Matches(Code().Replace(p.Text, "``"))
        select (p.Line, m.Groups["target"].Value);

    // As the headings are linked to on the web: lower case, no punctuation, hyphens.
    public IEnumerable<string> Anchors =>
        from p in _prose
        where p.Text.StartsWith('#')
        select NotInAnchors().Replace(p.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    public static Page Parse(string path, string text)
    {
        var page = new Page(path);
        Block? open = null;
        var note = "";
        foreach (var (index, line) in text.ReplaceLineEndings("\n").Split('\n').Index())
        {
            var fence = Fence().Match(line);
            if (open is not null && fence.Success && fence.Groups["label"].Length == 0)
                (open, note) = (null, "");
            else if (open is not null)
                open.Lines.Add(line);
            else if (fence.Success)
                page._blocks.Add(open = new Block(fence.Groups["label"].Value, index + 1, note));
            else
            {
                page._prose.Add((index + 1, line));
                note = Note().Match(line) is { Success: true } n ? $"{note}{n.Groups["note"].Value}\n" : "";
            }
        }

        return open is null ? page : throw new FormatException($"{path}:{open.Line}: the block does not end");
    }

    [GeneratedRegex(@"^\s*```+\s*(?<label>.*?)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex("^<!-- (?<note>(given|in): .*) -->$")]
    private static partial Regex Note();

    [GeneratedRegex("""(\]\((?<target>[^)\s]+)(\s+"[^"]*")?\))|(^\[[^\]]+\]:\s+(?<target>\S+))""")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
