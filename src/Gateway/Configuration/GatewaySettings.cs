using Akka.Configuration;

namespace Handoff.Gateway.Configuration;

internal sealed record GatewaySettings(string File, HoconLayout Layout, IReadOnlyList<ServiceSettings> Services)
{
    public required string LogLevel { get; init; }

    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public required TimeSpan CloseTimeout { get; init; }

    // What goes on to the actor system: the blocks akka and handoff.
    public required Config System { get; init; }

    public ConfigError ErrorAt(string key, string message) => ConfigError.At(File, Layout, key, message);
}
