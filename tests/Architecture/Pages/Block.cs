namespace Handoff.Architecture.Tests.Pages;

// A fenced block; Line is the fence's. A page may say, in comments directly above that no reader sees, what a block
// takes for granted: `given: IActorRef worker, SocketHandle handle` declares names, and `in: ReceiveActor` says that
// the block is members of a class with that base.
internal sealed record Block(string Label, int Line, string Notes)
{
    public const string CSharp = "csharp";

    public List<string> Lines { get; } = [];

    public string Text => string.Join('\n', Lines) + "\n";

    public string? Note(string name) =>
        Notes.Split('\n').Where(n => n.StartsWith(name + ": ", StringComparison.Ordinal))
            .Select(n => n[(name.Length + 2)..]).FirstOrDefault();
}
