using Handoff.Policy;

namespace Handoff.TestKit.Scenarios;

/// <summary>What scenarios run on. Runs of the same configuration use the same actor systems, one after the other.
/// </summary>
public sealed record ScenarioSetup
{
    /// <summary>In memory, with the settings of <c>reference.conf</c>.</summary>
    public static ScenarioSetup Default { get; } = new();

    /// <summary>What the sockets are made of.</summary>
    public ScenarioTransport Transport { get; init; } = ScenarioTransport.Memory;

    /// <summary>HOCON that goes before <c>reference.conf</c>.</summary>
    public string Config { get; init; } = "";

    /// <summary>Who is asked about every socket of the run; null, the default, leaves it to
    /// <c>handoff.policy</c>.</summary>
    public ISocketPolicy? Policy { get; init; }

    /// <summary>The default, on another transport.</summary>
    /// <param name="transport">Its name, as <c>ScenarioTransport.Named</c> takes it.</param>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static ScenarioSetup On(string transport) => new() { Transport = ScenarioTransport.Named(transport) };
}
