using System.Text;
using System.Text.RegularExpressions;

namespace Handoff.Architecture.Tests.Api;

// Types and members as lists in the style ApiStyle.AsListed tell them, to be compared by name.
internal sealed partial class Surface
{
    private readonly Dictionary<string, Entry> _types = [];

    public int Count => _types.Count;

    public static Surface Parse(IEnumerable<string> lines)
    {
        var surface = new Surface();
        Entry? current = null;
        foreach (var line in lines)
        {
            if (line.StartsWith(' '))
                current?.Members.Add(WithoutSlot(line.Trim()));
            else if (Head().Match(line) is { Success: true } head)
                current = surface.Add(head);
            else
                throw new FormatException($"neither a type nor a member: {line}");
        }

        return surface;
    }

    // Whatever stands here and not there: types, their kind and modifiers, bases and members. Sealed or not, and
    // virtual or override, is free: the caller sees the same.
    public IEnumerable<string> StrangersTo(Surface real)
    {
        foreach (var (name, mine) in _types.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            if (!real._types.TryGetValue(name, out var theirs))
            {
                yield return $"{name}: there is no such type";
                continue;
            }

            if (mine.Kind != theirs.Kind)
                yield return $"{name}: is {mine.Kind}, and there {theirs.Kind}";
            var bases = theirs.Bases.Select(Counted).ToHashSet();
            foreach (var b in mine.Bases.Where(b => IsAkkas(b) && !bases.Contains(Counted(b))))
                yield return $"{name}: {b} is no base of it there";
            var known = real.MembersOf(name, []);
            foreach (var m in mine.Members.Where(m => !known.Contains(m)).Order(StringComparer.Ordinal))
                yield return $"{name}: {m}";
        }
    }

    private static bool IsAkkas(string type) => type.StartsWith("Akka.", StringComparison.Ordinal);

    private Entry Add(Match head)
    {
        var parts = head.Groups["rest"].Value.Split(" : ", 2);
        var kind = (head.Groups["modifiers"].Value + head.Groups["kind"].Value).Replace("sealed ", "");
        var entry = new Entry(kind, parts.Length > 1 ? [.. SplitOutsideBrackets(parts[1])] : []);
        return _types.TryAdd(Counted(parts[0]), entry) ? entry : _types[Counted(parts[0])];
    }

    private HashSet<string> MembersOf(string type, HashSet<string> seen)
    {
        if (!seen.Add(type) || !_types.TryGetValue(type, out var entry))
            return [];

        var all = new HashSet<string>(entry.Members);
        foreach (var b in entry.Bases)
            all.UnionWith(MembersOf(Counted(b), seen));
        return all;
    }

    private static IEnumerable<string> SplitOutsideBrackets(string text)
    {
        var depth = 0;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += Step(text[i]);
            if (text[i] != ',' || depth != 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        yield return text[start..].Trim();
    }

    // Type parameters may be called differently: they are counted. A<B<T, U>, V>.C becomes A`2.C.
    private static string Counted(string type)
    {
        var counted = new StringBuilder();
        var depth = 0;
        var arguments = 0;
        foreach (var c in type)
        {
            depth += Step(c);
            if (depth == 0)
                counted.Append(c == '>' ? $"`{arguments}" : c.ToString());
            else if (depth == 1)
                arguments = c switch { '<' => 1, ',' => arguments + 1, _ => arguments };
        }

        return counted.ToString();
    }

    private static int Step(char c) => c switch { '<' => 1, '>' => -1, _ => 0 };

    private static string WithoutSlot(string member) => Slot().Replace(member, "");

    [GeneratedRegex("^(?<modifiers>(?:static |abstract |sealed )*)"
        + "(?<kind>class|struct|interface|enum|delegate) (?<rest>.*)$")]
    private static partial Regex Head();

    [GeneratedRegex(@"\b(virtual|override) ")]
    private static partial Regex Slot();

    private sealed record Entry(string Kind, IReadOnlyList<string> Bases)
    {
        public HashSet<string> Members { get; } = [];
    }
}
