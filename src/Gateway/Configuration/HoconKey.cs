namespace Handoff.Gateway.Configuration;

internal enum HoconKind
{
    Value,
    Block,
}

// Where a key stands. Path is written as Akka's Config takes it; names with other characters are in quotes.
internal sealed record HoconKey(string Path, int Line, HoconKind Kind)
{
    public IReadOnlyList<string> Names { get; init; } = [];
}
