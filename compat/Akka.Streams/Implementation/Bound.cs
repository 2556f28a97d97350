using System.Runtime.CompilerServices;

namespace Akka.Streams.Implementation;

internal static class Bound
{
    public static int AtLeastOne(int value, [CallerArgumentExpression(nameof(value))] string name = null) =>
        value > 0 ? value : throw new ArgumentException($"{name} must be greater than 0", name);

    public static TimeSpan Positive(TimeSpan value, [CallerArgumentExpression(nameof(value))] string name = null) =>
        value > TimeSpan.Zero ? value : throw new ArgumentException($"{name} must be greater than zero", name);
}
