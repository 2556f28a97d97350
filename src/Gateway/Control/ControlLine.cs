using System.Text.Json;

namespace Handoff.Gateway.Control;

// What is said on a control connection: a line for each message, a JSON array of texts, the first of which says what
// it is.
internal static class ControlLine
{
    public const int Longest = 64 << 10;

    public const string Upgrade = "upgrade";
    public const string Progress = "progress";
    public const string Done = "done";
    public const string Failed = "failed";

    public static byte[] Encode(params IReadOnlyList<string> words) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(words), (byte)'\n'];

    // Null if it is no such line.
    public static IReadOnlyList<string>? Decode(ReadOnlySpan<byte> line)
    {
        try
        {
            var words = JsonSerializer.Deserialize<string[]>(line);
            return words is { Length: > 0 } && Array.TrueForAll(words, word => word is not null) ? words : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
