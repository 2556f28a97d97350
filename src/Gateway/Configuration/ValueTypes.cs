using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Akka.Configuration;

namespace Handoff.Gateway.Configuration;

internal static partial class ValueTypes
{
    private const int MaxPort = 65535;
    private const string None = "none";

    public static ValueType<int?> Port { get; } = new(
        $"a port from 0 (any free one) to {MaxPort}, or none",
        text => text == None || (Digits().IsMatch(text) && int.Parse(text, CultureInfo.InvariantCulture) <= MaxPort),
        (config, path) => config.GetString(path) == None ? null : config.GetInt(path));

    public static ValueType<bool> Flag { get; } = new(
        "on or off", text => text is "on" or "off" or "true" or "false", (config, path) => config.GetBoolean(path));

    public static ValueType<IPAddress> Address { get; } = new(
        "an IP address such as 127.0.0.1 or \"::1\"",
        text => IPAddress.TryParse(text, out _) && (text.Contains(':') || text.Count(c => c == '.') == 3),
        (config, path) => IPAddress.Parse(config.GetString(path)));

    public static ValueType<string> Word { get; } = new(
        "a word", text => text.Length > 0, (config, path) => config.GetString(path));

    public static ValueType<string> AnyText { get; } = new(
        "a text", _ => true, (config, path) => config.GetString(path));

    public static ValueType<string> OneOf(params IReadOnlyList<string> words) => new(
        "one of " + string.Join(", ", words), words.Contains, (config, path) => config.GetString(path));

    public static ValueType<int> Count(int least, int most) => new(
        $"a whole number from {least} to {most}",
        text => Digits().IsMatch(text) && int.Parse(text, CultureInfo.InvariantCulture) is var n
            && n >= least && n <= most,
        (config, path) => config.GetInt(path));

    public static ValueType<int> Size(int least, int most) => Within(
        $"a size such as 16KiB, from {least} to {most} bytes",
        SizeShape(), (config, path) => (int)Math.Min(config.GetByteSize(path) ?? 0, int.MaxValue), least, most);

    public static ValueType<TimeSpan> Duration(TimeSpan least, TimeSpan most) => Within(
        $"a duration such as 500ms, 10s or 2m, from {Text(least)} to {Text(most)}",
        DurationShape(), (config, path) => config.GetTimeSpan(path, allowInfinite: false), least, most);

    public static ValueType<TimeSpan?> DurationOrNone(TimeSpan least, TimeSpan most)
    {
        var duration = Duration(least, most);
        return new(
            $"{duration.Expected}, or none",
            text => text == None || DurationShape().IsMatch(text),
            (config, path) => config.GetString(path) == None ? null
                : duration.TryGet(config, path, out var value) ? value
                : throw new FormatException("it is out of bounds"));
    }

    private static ValueType<T> Within<T>(
        string expected, Regex shape, Func<Config, string, T> get, T least, T most)
        where T : IComparable<T> => new(
        expected, shape.IsMatch, (config, path) =>
        {
            var value = get(config, path);
            return value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
                ? value
                : throw new FormatException($"{value} is out of bounds");
        });

    private static string Text(TimeSpan time) => time.TotalSeconds < 1
        ? $"{time.TotalMilliseconds}ms"
        : time.TotalHours >= 1 ? $"{time.TotalHours}h" : $"{time.TotalSeconds}s";

    [GeneratedRegex(@"\A[0-9]{1,9}\z")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\A[0-9]{1,9} ?(B|KiB|MiB|k|K|m|M)?\z")]
    private static partial Regex SizeShape();

    [GeneratedRegex(@"\A[0-9]{1,9}(\.[0-9]{1,3})? ?(ms|s|m|h|second|seconds|minute|minutes|hour|hours)\z")]
    private static partial Regex DurationShape();
}
