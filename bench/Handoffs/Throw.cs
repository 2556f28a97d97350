namespace Handoff.Bench.Handoffs;

// To both actors of a pair: whoever holds the socket throws it to the other.
internal sealed record Throw
{
    public static Throw Instance { get; } = new();
}
