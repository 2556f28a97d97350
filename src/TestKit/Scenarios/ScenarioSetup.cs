namespace Handoff.TestKit.Scenarios;

/// <summary>What scenarios run on. Runs of the same setup use the same actor systems, one after the other.</summary>
public sealed record ScenarioSetup
{
    /// <summary>In memory, with the settings of <c>reference.conf</c>.</summary>
    public static ScenarioSetup Default { get; } = new();

    /// <summary>What the connections are made of.</summary>
    public ScenarioTransport Transport { get; init; } = ScenarioTransport.Memory;

    /// <summary>HOCON that goes before <c>reference.conf</c>.</summary>
    public string Config { get; init; } = "";
}
