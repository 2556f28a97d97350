namespace Handoff.Gateway.Configuration;

// Where the gateway hears commands: gateway.control.
internal sealed record ControlSettings(bool IsEnabled, string Name)
{
    // The name was chosen: that it is taken is a fault then. Else it is the default, and who has it keeps it.
    public required bool IsChosen { get; init; }
}
