namespace Handoff.Gateway.Upgrade;

// To the take-over actor: begin. Answered by StartResult once this process has taken over, or cannot.
internal sealed record TakeOver
{
    public static TakeOver Instance { get; } = new();
}

// From an arrival, once: whether the socket that it asked for is here.
internal sealed record Came(bool IsHere);
