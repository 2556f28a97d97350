using System.Buffers;
using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

// The characters of a text, and the words of HOCON in them, with the same bounds as Akka's tokenizer.
internal sealed class HoconReader(string text)
{
    private const string Quote = "\"";
    private const string TripleQuote = "\"\"\"";
    private const string IncludeWord = "include";

    private static readonly SearchValues<char> NotInText = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\");
    private static readonly SearchValues<char> NotInKey = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\.");

    private int _at;

    public bool AtEnd => _at >= text.Length;

    public int Position => _at;

    public char Next => AtEnd ? '\0' : text[_at];

    public bool AtQuote => Next == '"';

    public bool AtTripleQuote => Sees(TripleQuote);

    public bool AtSubstitution => Sees("${");

    public bool AtSpaceOrTab => SeesInside(" ") || SeesInside("\t");

    public bool AtAssignment => SeesInside("=") || SeesInside(":");

    public bool AtUnquoted => !AtEnd && !char.IsWhiteSpace(Next) && !AtComment && !NotInText.Contains(Next);

    public bool AtKey => !AtEnd && !char.IsWhiteSpace(Next) && InKey;

    private bool InKey => !AtEnd && !AtComment && !NotInKey.Contains(Next);

    private bool AtComment => SeesInside("#") || SeesInside("//");

    public void Skip() => _at++;

    public bool TrySkip(char expected)
    {
        if (Next != expected || AtEnd)
            return false;
        _at++;
        return true;
    }

    public void SkipSpaceAndComments()
    {
        do
        {
            while (!AtEnd && char.IsWhiteSpace(Next))
                _at++;
            while (AtComment)
                SkipLine();
        }
        while (char.IsWhiteSpace(Next));
    }

    public string TakeSpace() => TakeWhile(static r => r.AtSpaceOrTab);

    // A key may hold spaces and even line ends; they are cut off at its ends.
    public string TakeKey() => TakeWhile(static r => r.InKey).Trim();

    public string TakeUnquoted()
    {
        var word = TakeWhile(static r => r.AtUnquoted);
        return AtAssignment
            ? throw new ConfigurationException(
                $"A value without quotes holds = or : ({Where()}). Put it in quotes, or an object in braces.")
            : word;
    }

    public string TakeTripleQuoted()
    {
        _at += TripleQuote.Length;
        var start = _at;
        var end = text.IndexOf(TripleQuote, _at, StringComparison.Ordinal);
        _at = end < 0 ? text.Length : end + TripleQuote.Length;
        return text[start..(end < 0 ? text.Length : end)];
    }

    public string TakeQuoted()
    {
        _at++;
        var taken = new StringBuilder();
        while (!AtEnd && !AtQuote)
        {
            if (TrySkip('\\'))
                taken.Append(TakeEscape());
            else
                taken.Append(text[_at++]);
        }

        TrySkip('"');
        return taken.ToString();
    }

    public string TakeSubstitution()
    {
        _at += 2;
        var path = TakeWhile(static r => r.AtUnquoted);
        if (!TrySkip('}'))
            throw new FormatException($"A substitution is ${{some.path}} and nothing else ({Where()}).");
        return path;
    }

    public bool TryTakeInclude(out string what)
    {
        what = null;
        if (!Sees(IncludeWord))
            return false;
        var start = _at;
        _at += IncludeWord.Length;
        if (char.IsWhiteSpace(Next) || AtComment)
        {
            SkipSpaceAndComments();
            if (Sees(Quote))
            {
                what = TakeQuoted();
                return true;
            }
        }

        _at = start;
        return false;
    }

    public string Where()
    {
        var at = Math.Min(_at, text.Length);
        var line = text.AsSpan(0, at).Count('\n') + 1;
        return $"position {at}, line {line}";
    }

    private bool Sees(string word) => string.CompareOrdinal(text, _at, word, 0, word.Length) == 0;

    // Akka looks for these only where at least one character follows.
    private bool SeesInside(string word) => _at + word.Length < text.Length && Sees(word);

    private void SkipLine()
    {
        var end = text.IndexOf('\n', _at);
        _at = end < 0 ? text.Length : end + 1;
    }

    private string TakeWhile(Func<HoconReader, bool> belongs)
    {
        var start = _at;
        while (belongs(this))
            _at++;
        return text[start.._at];
    }

    private char TakeEscape()
    {
        var escaped = Next;
        _at++;
        return escaped switch
        {
            '"' or '\\' or '/' => escaped,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => TakeCodeUnit(),
            _ => throw new FormatException($"\\{escaped} is no escape ({Where()})."),
        };
    }

    private char TakeCodeUnit()
    {
        const int Length = 4;
        if (_at + Length > text.Length)
            throw new FormatException($"\\u needs {Length} hexadecimal digits ({Where()}).");
        var digits = text.AsSpan(_at, Length);
        _at += Length;
        return (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
