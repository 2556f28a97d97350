using System.Net;

namespace Handoff.Gateway.Configuration;

// One service, all defaults filled in. Port is null for a service that is reached through tcpmux only.
internal sealed record ServiceSettings(string Name, string Handler, IPAddress Address, int? Port)
{
    public required bool Tcpmux { get; init; }

    public required int MaxConnections { get; init; }

    public required TimeSpan IdleTimeout { get; init; }

    public required int Buffer { get; init; }

    public required TimeSpan LineTimeout { get; init; }

    public required int MaxLine { get; init; }

    public required TimeSpan HandoffTimeout { get; init; }

    // Of the handler exec, and of no other.
    public ExecSettings? Exec { get; init; }

    // Whether its program has the listener, and not each connection a program.
    public bool Waits => Exec is { Waits: true };

    public IPEndPoint? EndPoint => Port is { } port ? new IPEndPoint(Address, port) : null;

    public string PortKey => $"gateway.services.{Name}.port";

    // Who keeps its connections, if anybody does.
    public required KeptSettings Kept { get; init; }
}
