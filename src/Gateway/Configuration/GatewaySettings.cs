using Akka.Configuration;

namespace Handoff.Gateway.Configuration;

internal sealed record GatewaySettings(string File, HoconLayout Layout, IReadOnlyList<ServiceSettings> Services)
{
    public required string LogLevel { get; init; }

    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public required TimeSpan CloseTimeout { get; init; }

    // handoff.children.stop-timeout, until a program that was told to end is killed; zero where there are none.
    public required TimeSpan ProgramStopTimeout { get; init; }

    // From the word that ends everything until nothing is left.
    public TimeSpan EndTimeout => CloseTimeout + ProgramStopTimeout;

    public required ControlSettings Control { get; init; }

    public required KeptSettings Kept { get; init; }

    public required UpgradeSettings Upgrade { get; init; }

    // What goes on to the actor system: the blocks akka and handoff.
    public required Config System { get; init; }

    public ConfigError ErrorAt(string key, string message) => ConfigError.At(File, Layout, key, message);
}
