using System.Buffers;
using System.Globalization;
using System.Text;

namespace Handoff.Gateway.Configuration;

// The characters of a HOCON text, its words, and the line it is at.
internal sealed class HoconCursor(string text)
{
    private const string TripleQuote = "\"\"\"";
    private const string Include = "include";
    private const string Escapes = "\"\\/bfnrt";
    private const int CodeUnitDigits = 4;

    // Akka's own sets: these characters need quotes.
    private static readonly SearchValues<char> NotInText = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\");
    private static readonly SearchValues<char> NotInName = SearchValues.Create("$\"{}[]:=,#`^?!@*&\\.");

    private int _at;

    public int Line { get; private set; } = 1;

    public bool AtEnd => _at >= text.Length;

    public char Next => Peek(0);

    public bool AtEndOfLine => AtEnd || Next is '\n' || AtComment || (Next == '\r' && Peek(1) == '\n');

    private bool AtComment => Next == '#' || (Next == '/' && Peek(1) == '/');

    public HoconSyntaxException Error(string message) => new(Line, message);

    public void Skip()
    {
        if (Next == '\n') Line++;
        _at++;
    }

    public bool TrySkip(char expected)
    {
        if (AtEnd || Next != expected) return false;
        Skip();
        return true;
    }

    public void SkipSpace()
    {
        while (!AtEnd && Next is ' ' or '\t') Skip();
    }

    public void SkipBlank()
    {
        while (!AtEnd && (char.IsWhiteSpace(Next) || AtComment))
        {
            if (AtComment)
                while (!AtEnd && Next != '\n') Skip();
            else
                Skip();
        }
    }

    public bool AtInclude() => string.CompareOrdinal(text, _at, Include, 0, Include.Length) == 0
        && Peek(Include.Length) is ' ' or '\t' or '\r' or '\n' or '"' or '#' or '/'
        && text.AsSpan(_at + Include.Length).TrimStart(" \t\r\n").StartsWith("\"");

    public string TakeName()
    {
        if (Next == '"') return TakeQuoted();
        var start = _at;
        while (IsWord(NotInName)) _at++;
        if (_at == start) throw Error(AtEnd ? "a key must follow" : $"'{Show(Next)}' cannot begin a key");
        return text[start.._at];
    }

    // A value without braces: quoted and unquoted words up to the end of the line, a comma or a closing bracket.
    public void SkipScalar(string path)
    {
        var words = 0;
        for (; !AtEndOfLine && Next is not (',' or '}' or ']'); words++)
        {
            if (string.CompareOrdinal(text, _at, TripleQuote, 0, TripleQuote.Length) == 0)
                SkipTripleQuoted();
            else if (Next == '"')
                TakeQuoted();
            else if (IsWord(NotInText))
                while (IsWord(NotInText)) _at++;
            else
                throw Unexpected(path);
            SkipSpace();
        }

        if (words == 0) throw Error($"{path}: a value must follow on the same line");
    }

    private HoconSyntaxException Unexpected(string path) => Next switch
    {
        '$' when Peek(1) == '{' => Error($"{path}: ${{...}} is not supported: write the value"),
        '{' or '[' => Error($"{path}: '{Next}' cannot follow a value"),
        _ => Error($"{path}: a value with '{Show(Next)}' needs quotes"),
    };

    private string TakeQuoted()
    {
        var opened = Line;
        var taken = new StringBuilder();
        _at++;
        while (Next != '"')
        {
            if (AtEnd || Next == '\n') throw new HoconSyntaxException(opened, "this string is never closed");
            taken.Append(Next == '\\' ? TakeEscape() : text[_at++]);
        }

        _at++;
        return taken.ToString();
    }

    private void SkipTripleQuoted()
    {
        var opened = Line;
        var end = text.IndexOf(TripleQuote, _at + TripleQuote.Length, StringComparison.Ordinal);
        if (end < 0) throw new HoconSyntaxException(opened, "this string is never closed");
        while (_at < end + TripleQuote.Length) Skip();
    }

    private char TakeEscape()
    {
        var escape = Peek(1);
        if (escape == 'u' && _at + 2 + CodeUnitDigits <= text.Length
            && ushort.TryParse(
                text.AsSpan(_at + 2, CodeUnitDigits), NumberStyles.AllowHexSpecifier, null, out var unit))
        {
            _at += 2 + CodeUnitDigits;
            return (char)unit;
        }

        var known = Escapes.IndexOf(escape, StringComparison.Ordinal);
        if (known < 0 || AtEnd) throw Error($"\\{Show(escape)} is no escape");
        _at += 2;
        return "\"\\/\b\f\n\r\t"[known];
    }

    private bool IsWord(SearchValues<char> without) =>
        !AtEnd && !char.IsWhiteSpace(Next) && !AtComment && !without.Contains(Next);

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private static string Show(char c) => char.IsControl(c) ? $"\\u{(int)c:x4}" : c.ToString();
}
