namespace Handoff.Gateway.Connections;

// The result of a loop that has none.
internal sealed record Done
{
    public static Done Instance { get; } = new();
}
