namespace Handoff.Compat.Tests.Streams;

// What a stage sees of its neighbour.
public abstract record Signal
{
    public sealed record Pulled : Signal;

    public sealed record Next(object? Element) : Signal;

    public sealed record Completed : Signal;

    public sealed record Failed(Exception Cause) : Signal;

    public sealed record Cancelled(Exception Cause) : Signal;
}
