using System.Globalization;
using System.Reflection;
using Xunit.Sdk;

namespace Handoff.TestKit.Scenarios;

/// <summary>
/// Gives a theory its seeds: 1 to a number, or the one in the environment variable <c>HANDOFF_SEED</c>, by which a
/// failed run is replayed.
/// </summary>
/// <param name="count">How many seeds; at least 1.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SeedsAttribute(int count) : DataAttribute
{
    internal const string Variable = "HANDOFF_SEED";

    /// <summary>How many seeds.</summary>
    public int Count => count;

    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Of(Environment.GetEnvironmentVariable(Variable)).Select(seed => new object[] { seed });

    internal IEnumerable<int> Of(string? one) => string.IsNullOrEmpty(one)
        ? Enumerable.Range(1, Math.Max(1, count))
        : [int.Parse(one, CultureInfo.InvariantCulture)];
}
