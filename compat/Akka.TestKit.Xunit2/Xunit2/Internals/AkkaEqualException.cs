using Xunit.Sdk;

namespace Akka.TestKit.Xunit2.Internals;

public class AkkaEqualException(string format = "", params object[] args)
    : XunitException(XunitAssertions.Text(format, args))
{
    public static AkkaEqualException ForMismatchedValues(
        object expected, object actual, string format = null, params object[] args)
    {
        var reason = string.IsNullOrEmpty(format) ? "Values differ" : XunitAssertions.Text(format, args);
        return new AkkaEqualException(
            "{0}",
            $"Assert.Equal() Failure: {reason}{Environment.NewLine}" +
            $"Expected: {Shown(expected)}{Environment.NewLine}" +
            $"Actual:   {Shown(actual)}");
    }

    private static string Shown(object value) =>
        (value as string ?? ArgumentFormatter.Format(value))
        .Replace(Environment.NewLine, $"{Environment.NewLine}          ", StringComparison.Ordinal);
}
