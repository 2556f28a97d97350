namespace Handoff.Gateway.Configuration;

// How the gateway is replaced by its next version: gateway.upgrade.
internal sealed record UpgradeSettings
{
    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan PauseTimeout { get; init; }

    public required TimeSpan MoveTimeout { get; init; }

    public required TimeSpan RetryInterval { get; init; }

    public required int Attempts { get; init; }
}
