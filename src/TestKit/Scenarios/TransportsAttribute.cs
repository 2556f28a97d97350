using System.Reflection;
using Xunit.Sdk;

namespace Handoff.TestKit.Scenarios;

/// <summary>
/// Gives a theory the transports by name, for <c>ScenarioSetup.On</c>, and with each its seeds: as many as are said
/// where a seed replays a run, and one where it does not. <c>HANDOFF_SEED</c> counts as for
/// <see cref="SeedsAttribute"/>.
/// </summary>
/// <param name="seeds">How many seeds; at least 1.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TransportsAttribute(int seeds) : DataAttribute
{
    /// <summary>How many seeds.</summary>
    public int Seeds => seeds;

    /// <summary>Whether the story is of datagram sockets and not of connections. Default: no.</summary>
    public bool Datagrams { get; set; }

    /// <summary>The name of a transport on which the story cannot be told; none by default.</summary>
    public string Except { get; set; } = "";

    /// <inheritdoc/>
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        Rows(Environment.GetEnvironmentVariable(SeedsAttribute.Variable))
            .Select(row => new object[] { row.Transport, row.Seed });

    internal IEnumerable<(string Transport, int Seed)> Rows(string? oneSeed) =>
        from transport in ScenarioTransport.All
        where transport.HasDatagrams == Datagrams && transport.IsSupported && transport.Name != Except
        from seed in new SeedsAttribute(transport.IsOutside ? 1 : seeds).Of(oneSeed)
        select (transport.Name, seed);
}
