namespace Handoff.Gateway.Upgrade;

// To the upgrade actor: the gateway is to stop. Answered by Abandoned once no upgrade is under way that could end
// either way.
internal sealed record Abandon
{
    public static Abandon Instance { get; } = new();
}

internal sealed record Abandoned
{
    public static Abandoned Instance { get; } = new();
}
