namespace Handoff.Architecture.Tests;

internal readonly record struct Finding(string File, int Line, string What)
{
    public override string ToString() => $"{File}:{Line}: {What}";
}
