using System.Diagnostics;

namespace Akka.TestKit.Internal;

internal static class TimeLimits
{
    // Time that went by: it never jumps, whatever happens to the clock on the wall.
    public static TimeSpan Clock => Stopwatch.GetElapsedTime(0);

    // Less than nothing left, and not to be mistaken for "without a limit", which is -1 ms.
    public static TimeSpan Until(TimeSpan end)
    {
        var left = end - Clock;
        return left < TimeSpan.Zero ? TimeSpan.MinValue : left;
    }

    public static TimeSpan OrSooner(this TimeSpan time, TimeSpan? other) =>
        other is { } limit && limit >= TimeSpan.Zero && limit < time ? limit : time;

    public static void ThrowIfNegative(this TimeSpan time, string parameterName)
    {
        if (time < TimeSpan.Zero)
            throw new ArgumentException($"A time must not be negative, and was {time}.", parameterName);
    }
}
