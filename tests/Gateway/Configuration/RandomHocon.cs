using System.Text;

namespace Handoff.Gateway.Tests.Configuration;

// Writes a random configuration and remembers where it put each key and which value counts.
internal sealed class RandomHocon(int seed)
{
    private const int MaxDepth = 4;

    private static readonly string[] Names =
        ["a", "b-c", "d_e", "f1", "Include", "include", "x/y", "\"q r\"", "\"s.t\""];
    private static readonly string[] Values = ["7", "7s", "on", "word", "two words", "1.5", "a-b_c", "\"in quotes\"",
        "\"} # = //\"", "\"\\\"\\\\\"", "\"\"\"thr\"ee\nlines {\"\"\""];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private int _line = 1;

    public Dictionary<string, int> Lines { get; } = [];

    // By path; null for a block.
    public Dictionary<string, string?> Expected { get; } = [];

    public string Write()
    {
        var inBraces = _random.Next(4) == 0;
        if (inBraces) Put("{\n");
        WriteMembers("", 0);
        if (inBraces) Put("}");
        Blank();
        return _text.ToString();
    }

    private void WriteMembers(string path, int depth)
    {
        for (var left = _random.Next(1, 6); left > 0; left--)
        {
            Blank();
            Put(new string(' ', depth * 2));
            WriteMember(path, depth);
        }
    }

    private void WriteMember(string outer, int depth)
    {
        var line = _line;
        var path = outer;
        for (var dots = _random.Next(3) == 0 ? 2 : 1; dots > 0; dots--)
        {
            var name = Names[_random.Next(Names.Length)];
            path = path.Length == 0 ? name : $"{path}.{name}";
            Put(dots == 1 ? name : name + ".");
            Enter(path, line);
        }

        if (depth < MaxDepth && _random.Next(3) == 0)
            WriteBlock(path, depth);
        else
            WriteValue(path);
    }

    // A block adds to one that was there before, and replaces a value.
    private void Enter(string path, int line)
    {
        Lines[path] = line;
        if (Expected.GetValueOrDefault(path) is not null) Forget(path);
        Expected[path] = null;
    }

    private void WriteBlock(string path, int depth)
    {
        Put(Pick(" {", "{", " = {", " : {", "={") + Pick("", " ", " # {") + "\n");
        WriteMembers(path, depth + 1);
        Put("}" + Pick("", " ", " // }") + "\n");
    }

    private void WriteValue(string path)
    {
        Forget(path);
        var value = Values[_random.Next(Values.Length)];
        Put(Pick(" = ", "=", " : ", ":") + value);
        Expected[path] = value.StartsWith("\"\"\"", StringComparison.Ordinal) ? value[3..^3]
            : value.StartsWith('"') ? value[1..^1].Replace("\\\"", "\"").Replace("\\\\", "\\")
            : value;

        Put(Pick("", "", ",", ", ", " , ", " # ,", "// {", "  ") + "\n");
    }

    private void Forget(string path)
    {
        foreach (var below in Expected.Keys.Where(k => k.StartsWith(path + ".", StringComparison.Ordinal)).ToList())
        {
            Expected.Remove(below);
            Lines.Remove(below);
        }
    }

    private void Blank()
    {
        for (var left = _random.Next(3); left > 0; left--) Put(Pick("\n", "  \n", "# a = 1 {\n", "\t// }\n", "\r\n"));
    }

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    private void Put(string text)
    {
        _text.Append(text);
        _line += text.Count(c => c == '\n');
    }
}
