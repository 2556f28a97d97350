using System.Globalization;

namespace Akka.Configuration.Hocon;

internal static class HoconQuantity
{
    private const string Infinite = "infinite";

    private static readonly Dictionary<string, double> TicksPerUnit = Durations(
        ("ns nano nanos nanosecond nanoseconds", 1.0 / TimeSpan.NanosecondsPerTick),
        ("micro micros microsecond microseconds", TimeSpan.TicksPerMicrosecond),
        ("ms milli millis millisecond milliseconds", TimeSpan.TicksPerMillisecond),
        ("s second seconds", TimeSpan.TicksPerSecond),
        ("m minute minutes", TimeSpan.TicksPerMinute),
        ("h hour hours", TimeSpan.TicksPerHour),
        ("d day days", TimeSpan.TicksPerDay));

    private static readonly Dictionary<string, long> BytesPerUnit = Sizes(
        ("b B byte bytes", 1),
        ("kB kilobyte kilobytes", 1000), ("K k Ki KiB kibibyte kibibytes", 1L << 10),
        ("MB megabyte megabytes", 1000_000), ("M m Mi MiB mebibyte mebibytes", 1L << 20),
        ("GB gigabyte gigabytes", 1000_000_000), ("G g Gi GiB gibibyte gibibytes", 1L << 30),
        ("TB terabyte terabytes", 1000_000_000_000), ("T t Ti TiB tebibyte tebibytes", 1L << 40),
        ("PB petabyte petabytes", 1000_000_000_000_000), ("P p Pi PiB pebibyte pebibytes", 1L << 50),
        ("EB exabyte exabytes", 1000_000_000_000_000_000), ("E e Ei EiB exbibyte exbibytes", 1L << 60));

    public static TimeSpan Duration(string text, bool allowInfinite)
    {
        ArgumentNullException.ThrowIfNull(text);
        var digits = Digits(text);
        if (digits > 0 && TicksPerUnit.TryGetValue(text[digits..].TrimStart(), out var ticks))
            return Span(Positive(text[..digits]), ticks);
        if (allowInfinite && text.Equals(Infinite, StringComparison.OrdinalIgnoreCase))
            return Timeout.InfiniteTimeSpan;
        return TimeSpan.FromMilliseconds(Positive(text));
    }

    public static long? Size(string text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        text = text.Trim();
        var lastDigit = text.AsSpan().LastIndexOfAnyInRange('0', '9');
        if (lastDigit < 0 || lastDigit + 1 == text.Length)
            return long.Parse(text, CultureInfo.CurrentCulture);
        var unit = text[(lastDigit + 1)..].Trim();
        if (!BytesPerUnit.TryGetValue(unit, out var bytes))
            throw new FormatException($"{unit} is not a unit of size");
        return bytes * long.Parse(text[..(lastDigit + 1)], CultureInfo.CurrentCulture);
    }

    // How many characters at the start are a number, as in 12 or 1.5; no sign, no exponent.
    private static int Digits(string text)
    {
        var whole = 0;
        while (whole < text.Length && char.IsAsciiDigit(text[whole]))
            whole++;
        if (whole == 0 || whole == text.Length || text[whole] != '.')
            return whole;
        var end = whole + 1;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end == whole + 1 ? whole : end;
    }

    private static TimeSpan Span(double value, double ticksPerUnit) => ticksPerUnit switch
    {
        < 1 => TimeSpan.FromTicks((long)Math.Round(value / TimeSpan.NanosecondsPerTick)),
        TimeSpan.TicksPerMicrosecond => TimeSpan.FromTicks((long)Math.Round(value * ticksPerUnit)),
        TimeSpan.TicksPerMillisecond => TimeSpan.FromMilliseconds(value),
        TimeSpan.TicksPerSecond => TimeSpan.FromSeconds(value),
        TimeSpan.TicksPerMinute => TimeSpan.FromMinutes(value),
        TimeSpan.TicksPerHour => TimeSpan.FromHours(value),
        _ => TimeSpan.FromDays(value),
    };

    private static double Positive(string text)
    {
        var value = double.Parse(text, NumberFormatInfo.InvariantInfo);
        return value >= 0 ? value : throw new FormatException($"{value} is negative");
    }

    private static Dictionary<string, double> Durations(params (string Names, double Factor)[] units) =>
        (from unit in units from name in unit.Names.Split(' ') select (name, unit.Factor))
        .ToDictionary(n => n.name, n => n.Factor, StringComparer.Ordinal);

    private static Dictionary<string, long> Sizes(params (string Names, long Factor)[] units) =>
        (from unit in units from name in unit.Names.Split(' ') select (name, unit.Factor))
        .ToDictionary(n => n.name, n => n.Factor, StringComparer.Ordinal);
}
