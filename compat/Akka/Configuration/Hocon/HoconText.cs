using System.Buffers;

namespace Akka.Configuration.Hocon;

internal static class HoconText
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(" \t:");

    public static string Quoted(string text) =>
        text == null ? "" : text.AsSpan().ContainsAny(NeedsQuotes) ? $"\"{text}\"" : text;

    // a.b."c.d" is three keys: quotes are honoured at the start of a key only.
    public static List<string> SplitPath(string path)
    {
        var keys = new List<string>(4);
        for (var at = 0; at < path.Length;)
        {
            int end;
            if (path[at] == '"')
            {
                end = path.IndexOf('"', at + 1);
                keys.Add(path.Substring(at + 1, end - at - 1));
                at = end + 2;
                continue;
            }

            end = path.IndexOf('.', at);
            if (end < 0)
                end = path.Length;
            keys.Add(path[at..end]);
            at = end + 1;
        }

        return keys;
    }
}
