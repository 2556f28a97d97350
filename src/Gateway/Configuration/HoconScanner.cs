using System.Text.RegularExpressions;

namespace Handoff.Gateway.Configuration;

// Akka's Config gives values and forgets where they stood; this finds the line of each key, and refuses what Akka's
// parser would pass over in silence, loop on or misread: braces that do not match, a key without a value, a string
// without its end, +=, include and substitutions. What it accepts, Akka reads the same way (a test compares them).
internal sealed partial class HoconScanner
{
    private const int MaxDepth = 64;

    private readonly HoconCursor _at;
    private readonly List<HoconKey> _keys = [];

    private HoconScanner(string text) => _at = new HoconCursor(text);

    public static ScanResult Scan(string text)
    {
        var scanner = new HoconScanner(text);
        try
        {
            scanner.ReadDocument();
            return new ScanResult.Scanned(new HoconLayout(scanner._keys));
        }
        catch (HoconSyntaxException e)
        {
            return new ScanResult.Broken(e.Line, e.Message);
        }
    }

    public static string PathOf(IEnumerable<string> names) => string.Join('.', names.Select(name =>
        PlainName().IsMatch(name) ? name : $"\"{name}\""));

    private void ReadDocument()
    {
        _at.SkipBlank();
        if (_at.Next == '{')
        {
            ReadBlock([], 0);
            _at.SkipBlank();
            if (!_at.AtEnd) throw _at.Error($"'{_at.Next}' stands behind the end of the configuration");
        }
        else
        {
            ReadMembers([], 0);
            if (_at.Next == '}') throw _at.Error("this } closes nothing");
        }
    }

    private void ReadBlock(IReadOnlyList<string> names, int depth)
    {
        if (depth >= MaxDepth) throw _at.Error($"more than {MaxDepth} braces are open");
        var opened = _at.Line;
        _at.Skip();
        ReadMembers(names, depth + 1);
        if (_at.AtEnd) throw new HoconSyntaxException(opened, "this { is never closed");
        _at.Skip();
    }

    // Ends at the brace that closes the block, or at the end of the text.
    private void ReadMembers(IReadOnlyList<string> names, int depth)
    {
        _at.SkipBlank();
        while (!_at.AtEnd && _at.Next != '}')
        {
            ReadMember(names, depth);
            _at.SkipBlank();
        }
    }

    private void ReadMember(IReadOnlyList<string> outer, int depth)
    {
        if (_at.AtInclude()) throw _at.Error("include is not supported: a configuration is one file");
        var line = _at.Line;
        var names = new List<string>(outer);
        do
        {
            _at.TrySkip('.');
            names.Add(_at.TakeName());
        }
        while (_at.Next == '.');

        var path = PathOf(names);
        for (var count = outer.Count + 1; count < names.Count; count++)
            Add(names[..count], line, HoconKind.Block);

        _at.SkipSpace();
        if (_at.Next == '{')
        {
            Add(names, line, HoconKind.Block);
            ReadBlock(names, depth);
            EndMember(path, mayHaveComma: false);
            return;
        }

        if (!_at.TrySkip('=') && !_at.TrySkip(':')) throw _at.Error($"{path}: = or {{ must follow the key");
        _at.SkipSpace();
        if (_at.Next == '{')
        {
            Add(names, line, HoconKind.Block);
            ReadBlock(names, depth);
        }
        else
        {
            Add(names, line, HoconKind.Value);
            if (_at.Next == '[')
                ReadArray(path, 0);
            else
                _at.SkipScalar(path);
        }

        EndMember(path, mayHaveComma: true);
    }

    private void ReadArray(string path, int depth)
    {
        if (depth >= MaxDepth) throw _at.Error($"more than {MaxDepth} brackets are open");
        var opened = _at.Line;
        _at.Skip();
        _at.SkipBlank();
        while (_at.Next != ']')
        {
            if (_at.AtEnd) throw new HoconSyntaxException(opened, "this [ is never closed");
            if (_at.Next == '{') throw _at.Error($"{path}: a block inside of [ ] is not supported");
            if (_at.Next == '[')
                ReadArray(path, depth + 1);
            else
                _at.SkipScalar(path);
            _at.SkipSpace();
            _at.TrySkip(',');
            _at.SkipBlank();
        }

        _at.Skip();
    }

    private void EndMember(string path, bool mayHaveComma)
    {
        _at.SkipSpace();
        if (_at.AtEndOfLine || _at.Next == '}') return;
        if (mayHaveComma && _at.TrySkip(',')) return;
        if (_at.Next == ']') throw _at.Error("this ] closes nothing");
        throw _at.Error($"{path}: '{_at.Next}' must begin a new line");
    }

    private void Add(IReadOnlyList<string> names, int line, HoconKind kind) =>
        _keys.Add(new HoconKey(PathOf(names), line, kind) { Names = [.. names] });

    [GeneratedRegex(@"\A[^\s.""{}\[\]:=,#`^?!@*&\\$]+\z")]
    private static partial Regex PlainName();
}
