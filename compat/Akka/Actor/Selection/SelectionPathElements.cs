namespace Akka.Actor;

internal sealed class SelectChildName(string name) : SelectionPathElement
{
    internal string Name { get; } = name;

    public override string ToString() => Name;
}

internal sealed class SelectChildPattern(string pattern) : SelectionPathElement
{
    internal string Pattern { get; } = pattern;

    public override string ToString() => Pattern;
}

internal sealed class SelectChildRecursive : SelectionPathElement
{
    internal static readonly SelectChildRecursive Instance = new();

    public override string ToString() => "**";
}

internal sealed class SelectParent : SelectionPathElement
{
    internal static readonly SelectParent Instance = new();

    public override string ToString() => "..";
}
