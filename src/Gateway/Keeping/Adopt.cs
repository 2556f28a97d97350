namespace Handoff.Gateway.Keeping;

// To the adoption actor: start the gateway. Answered by StartResult.
internal sealed record Adopt
{
    public static Adopt Instance { get; } = new();
}
