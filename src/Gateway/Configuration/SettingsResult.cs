namespace Handoff.Gateway.Configuration;

internal abstract record SettingsResult
{
    private SettingsResult()
    {
    }

    internal sealed record Valid(GatewaySettings Settings) : SettingsResult;

    internal sealed record Invalid(IReadOnlyList<ConfigError> Errors) : SettingsResult;
}
