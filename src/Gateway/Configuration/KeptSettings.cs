using Handoff.Messages;

namespace Handoff.Gateway.Configuration;

// What of the gateway is kept, and by whom: gateway.keeper.
internal sealed record KeptSettings(string Control, bool Connections, TimeSpan RetryInterval)
{
    // By the service manager, in its descriptor store.
    public bool IsManagers { get; init; }

    public bool IsOn => IsManagers || Control.Length > 0;

    public OpenKeeper Open => IsManagers ? OpenKeeper.OfServiceManager : new OpenKeeper(Control);

    public bool HasConnections => IsOn && Connections;
}
